import type { Plain } from './types.ts';
/** What may stand in a property. */
export declare const plain: (value: unknown) => value is Plain;
/**
 * Keeps what may leave the page: plain values under known names, or under names that the site registered.
 *
 * @param elsewhere names that have a place of their own, and are no properties unless they are registered
 */
export declare function allowed(facts: Record<string, unknown>, registered: readonly string[], elsewhere?: readonly string[]): Record<string, Plain>;
