import type { Reached } from './conversation.ts';
import type { Message, Plain } from './types.ts';
/** When and where something happened, and to whom. */
export interface Scene {
    visitor: string;
    userId?: string;
    page: Record<string, string>;
    /** Global Privacy Control is on. */
    gpc?: boolean;
}
/** The widget of milestones that somebody simulates: they are marked, and say nothing of the person. */
export declare const TEST = "test";
/** A milestone as a track message. The same fact has the same messageId. */
export declare function track({ name, conversation, once, at, properties }: Reached, facts: Record<string, Plain>, scene: Scene): Message;
/** What is known of the person, as an identify message; `cause` names the fact it goes back to. */
export declare const identify: (traits: Record<string, unknown>, at: number, cause: string, scene: Scene) => Message;
/** A flag that came or went, in the words of the Segment spec: https://www.twilio.com/docs/segment/engage/audiences */
export declare const audience: (event: 'Audience Entered' | 'Audience Exited', key: string, at: number, scene: Scene) => Message;
