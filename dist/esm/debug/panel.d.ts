import type { Chatstone } from '../calls.ts';
import type { Stop } from '../core/types.ts';
import { type Heard } from './story.ts';
export interface PanelOptions {
    /** Events that were heard before the panel was there. */
    early?: readonly Heard[];
    /** Starts as a button. What the tester did last in this tab has the last word. */
    small?: boolean;
    /** Where profiles can be read, as at the demo's collector: `/api/profiles`. */
    profiles?: string;
}
/** The key in sessionStorage; the tag opens the panel again where it stands. */
export declare const KEY = "chatstone_debug";
/** Opens the panel; returns what closes it. One a page: a second call closes the first. */
export declare function panel(chatstone: Chatstone, { early, small, profiles }?: PanelOptions): Stop;
