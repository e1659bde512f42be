import type { Conversation, Reached } from './conversation.ts';
/**
 * The traits after `reached`, given those before it.
 *
 * @param openCase whether `open_support_case` is ours to tell; false leaves it to the helpdesk
 */
export declare function rollups(before: Record<string, unknown>, conversations: readonly Conversation[], reached: readonly Reached[], { risk, openCase }: {
    risk: readonly string[];
    openCase: boolean;
}): Record<string, unknown>;
