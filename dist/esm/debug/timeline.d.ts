import type { Status } from '../init.ts';
import type { Story } from './story.ts';
interface Row {
    at: number;
    title: string;
    by?: string;
    detail: string;
    tone?: string;
}
/** The rows of a story, oldest first. */
export declare function rowsOf(story: Story, status: Status): Row[];
/** Draws it; returns what draws it anew. */
export declare function timeline(): {
    element: HTMLElement;
    show(story: Story, status: Status): void;
    toEnd(): void;
};
export {};
