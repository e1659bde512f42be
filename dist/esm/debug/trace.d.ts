import type { Status } from '../calls.ts';
import { type MilestoneName } from '../core/milestones.ts';
import { type Story } from './story.ts';
/** One chat that is watched. */
export interface Trace {
    from: number;
    to?: number;
    /** What the widgets of its pages can tell: the file of one is not loaded where the widget is not. */
    tells?: Record<string, Status['widgets'][string]>;
    /** The address on which the tester wants it to end up. */
    expected?: string;
    /** How things stood at the end. */
    status?: Status;
    /** What the profile holds, where it can be asked. */
    profile?: Found;
    /** It was asked when all systems had taken all. */
    arrived?: boolean;
}
/** What was found of a profile. */
export interface Found {
    /** Its e-mail, else its id; absent where there is none. */
    key?: string;
    /** How often each message stands there. */
    events: Record<string, number>;
    traits: Record<string, unknown>;
}
/** Passed, failed, or not asked of this chat. */
export interface Check {
    item: string;
    passed: boolean | undefined;
    why: string;
}
export interface Report {
    version: string;
    from: number;
    to: number;
    pages: string[];
    widgets: Record<string, string>;
    consent: string;
    visitor: string;
    /** The profile on which it ended up, by destination. */
    keys: Record<string, string[]>;
    expected?: string;
    steps: {
        at: number;
        what: string;
        outcome: string;
    }[];
    milestones: {
        name: MilestoneName;
        can: 'yes' | 'inferred' | 'no';
        told: number;
        why: string;
    }[];
    /** Milliseconds from the event to its acceptance, of each that was accepted. */
    latencies: number[];
    checks: Check[];
}
/** The items of the checklist, in its order. */
export declare const ITEMS: readonly ['identifier', 'names', 'topics in the list', 'required properties', 'rollups', 'timing', 'accepted', 'profile'];
/** Notes what the widgets of a page can tell; returns whether that was news. */
export declare function noteWidgets(trace: Trace, { widgets }: Status): boolean;
/** Traces that were kept, where they are any. */
export declare const tracesFrom: (value: unknown) => Trace[];
/** Makes the report of a trace from the story of the tab. */
export declare function report(trace: Trace, whole: Story, now: Status): Report;
/** Failed where an item failed, or where nothing at all was told; else passed. */
export declare const passed: ({ checks, milestones }: Pick<Report, 'checks' | 'milestones'>) => boolean;
/** Milestones that the widgets of some chats can tell, and in how many of these they were told. */
export declare const seen: (reports: readonly Report[]) => {
    name: string;
    can: number;
    told: number;
}[];
/** `Chat of 14:03:27` */
export declare const title: ({ from }: Pick<Report, 'from'>) => string;
