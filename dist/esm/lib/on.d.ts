/**
 * Hears events of a target before anybody below it, without a chance to hold them up. What a listener throws is counted
 * under `place`. Returns what takes the listeners away.
 */
export declare function on(place: string, target: EventTarget, listeners: Readonly<Record<string, (event: any) => void>>): () => void;
