export { consents } from './consents/index.js';
export { MILESTONES } from './core/milestones.js';
export { Later, Misconfigured, Partly, Refused } from './core/types.js';
export { init } from './init.js';
