export { Later, Misconfigured, Refused } from '../lib/answer.js';
