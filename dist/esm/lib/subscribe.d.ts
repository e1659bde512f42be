/**
 * Registers listeners with a vendor in the vendor's own way, for those that take several side by side. What a listener
 * throws is counted under `place`. Returns what takes them away: by the function that `add` returned, or by `remove`, and
 * where the vendor has neither, they hear nothing any more.
 */
export declare function subscribe(place: string, listeners: Readonly<Record<string, (...data: any[]) => void>>, add: (name: string, listener: (...data: any[]) => void) => unknown, remove?: (name: string, listener: (...data: any[]) => void) => unknown): () => void;
