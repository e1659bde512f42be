import type { Chatstone, Setup } from './calls.ts';
import { type Choices } from './core/options.ts';
import type { Consent, Source } from './core/types.ts';
import type { Engine, Parts } from './engine.ts';
/** The listening half of what npm's `init` was given. The engine is a module of its own: bundlers may bring it later. */
export declare const composed: ({ sources, destinations, consents, consent: mode, ...options }: Setup, denied?: () => boolean) => Chatstone;
/**
 * Starts the listening half.
 *
 * @param bring makes the sources; `look` is to be called when one of them is ready that was not before
 * @param load brings the engine, when there is something to tell; asked again later if it fails
 * @param shows whether a destination shows the shop's context: nobody else needs it, so it is not kept for anybody else
 * @param denied whether the page has denied consent before this was there
 */
export declare function compose(bring: (look: () => void) => readonly Source[], consents: readonly Consent[], options: Choices, load: (parts: Parts) => Promise<Engine>, shows?: boolean, denied?: () => boolean): Chatstone;
