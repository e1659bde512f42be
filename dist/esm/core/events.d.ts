import type { Message, MilestoneName, Signal } from './types.ts';
/** What can be listened to. */
export interface Events {
    /** A source told something; never its text. */
    signal: {
        widget: string;
        signal: Pick<Signal, 'type'>;
        at: number;
    };
    /** What came of a signal: the milestones that it made, or why none. It is told where it was settled, which may be another tab. */
    settled: {
        widget: string;
        type: Signal['type'];
        at: number;
        reached: MilestoneName[];
        why?: string;
    };
    /** A milestone was recorded. */
    milestone: Message & {
        name: string;
    };
    /** A request with these is on its way. */
    sent: {
        destination: string;
        messages: readonly Message[];
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
export declare const EVENTS: ["signal", "settled", "milestone", "sent", "delivered", "dropped", "error"];
