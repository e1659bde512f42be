export const EVENTS = [
    'signal',
    'milestone',
    'delivered',
    'dropped',
    'error',
];
