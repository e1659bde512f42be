import type { Signal, Source, Told } from './types.ts';
export interface Listening {
    /** Looks for widgets that are there now, or there anew. */
    look(): void;
    /** Whether the widget of each source was found, and what it can tell, by name. */
    found(): Record<string, {
        found: boolean;
        tells: readonly Told[];
    }>;
    stop(): void;
}
/** Connects each source when its widget is found; again when the widget was replaced. */
export declare function listen(sources: readonly Source[], heard: (source: Source, signal: Signal, text?: string) => void): Listening;
