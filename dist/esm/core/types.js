export { Later, Misconfigured, Partly, Refused } from '../lib/answer.js';
