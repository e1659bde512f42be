/** The seven milestones, in the order in which a chat usually passes them. */
export declare const MILESTONES: readonly ['chat_opened', 'chat_topic_set', 'chat_first_message_sent', 'chat_assigned', 'chat_agent_replied', 'chat_resolved', 'chat_csat_submitted'];
export type MilestoneName = (typeof MILESTONES)[number];
/** Whether a word names a milestone. */
export declare const isMilestone: (name: unknown) => name is MilestoneName;
