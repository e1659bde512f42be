import type { Status } from '../calls.ts';
import type { Story } from './story.ts';
import { type Found, type Trace } from './trace.ts';
/** What traces need of the panel. */
export interface Tracing {
    traces: Trace[];
    story: Story;
    status(): Promise<Status | undefined>;
    /** Delivers what waits, so that a report does not end before the answer. */
    flush(): Promise<void>;
    /** Asks a collector for a profile; absent where none can be asked. */
    profile?(key: string | undefined): Promise<Found>;
    changed(): void;
    say(sentence: string): void;
}
export declare function traces(of: Tracing): {
    element: HTMLElement;
    show(): void;
};
