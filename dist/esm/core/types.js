export { Later, Misconfigured, Partly, Refused } from '../lib/answer.js';
/** Traits that a system which knows persons gets where its list says nothing else: no phone, no name, nothing of the site's own. */
export const LEAN = [
    'email',
    'customer_id',
    'last_chat_*',
    'last_csat_score',
    'open_support_case',
    'support_*',
    'chat_*',
    'cio_segment_*',
];
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
