import type { Source, Stop } from '../core/types.ts';
/** What a home-made widget tells. */
export interface HomeMade {
    detail: any;
    /** When that was, in milliseconds, if it is told late. */
    at?: number;
    /** Whether a person had just done something then. */
    gesture?: boolean;
}
declare const onWindow: (hear: (one: HomeMade) => void) => Stop;
/** @param listen where its events come from: those of the page, if nothing else is said */
export declare function custom(listen?: typeof onWindow): Source;
export {};
