// The npm entry: what is public, nothing else. Nothing runs on import.
export { consents } from './consents/index.js';
export { MILESTONES } from './core/milestones.js';
export { Later, Misconfigured, Refused } from './core/types.js';
export { init } from './init.js';
