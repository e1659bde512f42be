import type { Chatstone } from './calls.ts';
import type { Source } from './core/types.ts';
import { fault } from './lib/guard.ts';
import type { Started } from './script.ts';
import { type HomeMade } from './sources/custom.ts';
/** What the first file has read and made. */
export interface Given {
    writeKey: string | undefined;
    /** The widgets to listen to, and whether the site names them. */
    widgets: readonly string[];
    named: boolean;
    /** Sources that are there. */
    present: Readonly<Record<string, Source>>;
    /** The tag's attributes, and the JSON block. */
    attributes: Readonly<Record<string, string | undefined>>;
    given: Readonly<Record<string, unknown>>;
    /** Whether the page has denied consent so far. */
    denied: () => boolean;
    /** Loads a file that stands beside the tag, and starts what is in it. */
    beside<M extends Started>(what: string, ...given: Parameters<M['start']>): Promise<Awaited<ReturnType<M['start']>>>;
}
/**
 * @param failed how often what has failed in the first file; what fails there from now on is to be told to `fault`
 * @param told what was said there
 */
export declare function start({ writeKey, widgets, named, present, attributes, given: block, denied, beside }: Given, failed: Readonly<Record<string, number>>, told: Iterable<string>): {
    chatstone: Chatstone;
    fault: typeof fault;
    homeMade(one: HomeMade): void;
};
