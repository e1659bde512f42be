/** The first rule that holds decides `support_risk_level`. */
const RISK = [
    ['high', ({ open, risky }) => open && risky],
    ['high', ({ lowRating }) => lowRating],
    ['medium', ({ open }) => open],
    ['low', () => true],
];
const seconds = (milliseconds) => Math.floor(milliseconds / 1000); // Customer.io's dates are Unix seconds
/**
 * The traits after `reached`, given those before it.
 *
 * @param openCase whether `open_support_case` is ours to tell; false leaves it to the helpdesk
 */
export function rollups(before, conversations, reached, { risk, openCase }) {
    const traits = { ...before };
    for (const { name, at, properties, conversation } of reached) {
        if (name === 'chat_topic_set')
            traits.last_chat_topic = conversation.topic;
        if (name === 'chat_csat_submitted')
            traits.last_csat_score = properties.csat_score;
        if (name === 'chat_agent_replied' && !properties.is_bot)
            traits.chat_assisted = true;
        if (/sent|replied|resolved/.test(name))
            traits.last_chat_at = Math.max(Number(traits.last_chat_at) || 0, seconds(at));
    }
    const cases = conversations.filter((one) => one.open !== undefined);
    if (cases.length ||
        'support_risk_level' in traits ||
        reached.some(({ name }) => name === 'chat_csat_submitted')) {
        if (openCase && (cases.length || 'open_support_case' in traits)) {
            traits.open_support_case = cases.length > 0;
            if (cases.length)
                traits.support_case_opened_at = seconds(Math.min(...cases.map((one) => one.open)));
        }
        const standing = {
            open: cases.length > 0,
            risky: cases.some((one) => risk.includes(one.topic ?? '')),
            lowRating: Number(traits.last_csat_score) <= 2,
        };
        traits.support_risk_level = RISK.find(([, holds]) => holds(standing))[0];
    }
    return traits;
}
