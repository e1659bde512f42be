import type { Queued } from './queue.ts';
import type { Destination, Message } from './types.ts';
type Routed = Pick<Destination, 'name' | 'routing' | 'eventsOnly'>;
type Checked = Pick<Destination, 'name' | 'routing' | 'digest' | 'also'>;
/**
 * A destination with what fits of the site's choices. A consent that cannot be asked for is none given, an address that cannot be
 * hashed does not go out. All else is asked of the destination itself, which may come late and be another then.
 */
export declare function checked<D extends Checked>(destination: D): D;
/** Of some values those that are listed. */
export declare const only: <T>(values: Readonly<Record<string, T>>, list?: readonly string[]) => Record<string, T>;
/** Whether a message is one for a destination; decided when it is recorded. */
export declare function wants({ routing, eventsOnly }: Routed, { type, event }: Message): boolean;
/** Whether a destination's records of unknown persons stay on the device. */
export declare const holds: (hold: boolean, destinations: readonly Routed[], name: string) => boolean;
/** Whether a record stays on the device until somebody knows the person. Counts are of nobody. */
export declare const isHeld: ({ message, free }: Queued, hold: boolean, destinations: readonly Routed[], name: string) => boolean;
/** A message with what may go to a destination; the same whenever it is asked. */
export declare function shaped(message: Message, { routing, digest }: Routed & Pick<Destination, 'digest'>): Message;
/** Values without flags, for those who are held out. */
export declare const withoutFlags: <T>(values: Readonly<Record<string, T>>) => Record<string, T>;
export {};
