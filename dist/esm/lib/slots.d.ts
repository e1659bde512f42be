type Listener = (...data: any[]) => void;
type Target = Record<string, any>;
/** The same object as long as our hooks stand in the slots of a target, another when one was overwritten: then hook again. */
export declare function standing(target: Target): object;
/** Hears what a vendor tells the slots of a target, with the site. Returns what gives the slots back. */
export declare function slots(place: string, target: Target, listeners: Readonly<Record<string, Listener>>): () => void;
export {};
