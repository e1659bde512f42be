// The published vocabulary: never renamed, only added to.
/** The seven milestones, in the order in which a chat usually passes them. */
export const MILESTONES = [
    'chat_opened',
    'chat_topic_set',
    'chat_first_message_sent',
    'chat_assigned',
    'chat_agent_replied',
    'chat_resolved',
    'chat_csat_submitted',
];
/** Whether a word names a milestone. */
export const isMilestone = (name) => MILESTONES.includes(name);
