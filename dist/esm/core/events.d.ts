import type { Message, Signal } from './types.ts';
/** What can be listened to. */
export interface Events {
    /** A source told something; never its text. */
    signal: {
        widget: string;
        signal: Pick<Signal, 'type'>;
        at: number;
    };
    /** A milestone was recorded. */
    milestone: Message & {
        name: string;
    };
    delivered: {
        destination: string;
        messages: readonly Message[];
    };
    dropped: {
        destination: string;
        reason: string;
        messages: readonly Message[];
    };
    /** Something failed and was caught; `place` says where. */
    error: {
        place: string;
        message: string;
    };
}
export declare const EVENTS: ["signal", "milestone", "delivered", "dropped", "error"];
