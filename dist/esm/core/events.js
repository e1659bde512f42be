export const EVENTS = [
    'signal',
    'settled',
    'milestone',
    'sent',
    'delivered',
    'dropped',
    'error',
];
