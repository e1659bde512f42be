export { Later, Misconfigured, Partly, Refused } from '../lib/answer.js';
/** What is shown where a destination's list says nothing else: the shop's context, rollups and flags. */
export const SHOWN = [
    'last_cart_*',
    'last_viewed_*',
    'returns_page_*',
    'lifetime_orders*',
    'last_chat_*',
    'last_csat_score',
    'open_support_case',
    'support_*',
    'chat_assisted',
    'cio_segment_*',
];
