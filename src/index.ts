// The npm entry: what is public, nothing else. Nothing runs on import.
export type { Chatstone, Setup, Status } from './calls.ts';
export { consents } from './consents/index.ts';
export type { Ask } from './core/consent.ts';
export type { Events } from './core/events.ts';
export { MILESTONES } from './core/milestones.ts';
export type { Options, Order } from './core/options.ts';
export type {
  Consent,
  ConsentState,
  Destination,
  Emit,
  Message,
  MilestoneName,
  Party,
  Person,
  Plain,
  Signal,
  Source,
  Stop,
  Strength,
  Told,
} from './core/types.ts';
export { Later, Misconfigured, Refused } from './core/types.ts';
export { init } from './init.ts';
