import type { Status } from '../calls.ts';
import type { Story } from './story.ts';
/** Draws it; returns what draws it anew. */
export declare function timeline(): {
    element: HTMLElement;
    show(story: Story, status: Status): void;
    toEnd(): void;
};
