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
  Profile,
  Routing,
  Signal,
  Source,
  Stop,
  Strength,
  Told,
} from './core/types.ts';
export { Later, Misconfigured, Partly, Refused } from './core/types.ts';
export type { DestinationStatus, EngineStatus } from './engine.ts';
export { init } from './init.ts';
