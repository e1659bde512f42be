// Before each file of tests in a browser, which share what they load: that shop and visitors are gone after it.
import { afterAll, afterEach } from 'vitest';
import { closeShop, endVisits } from './harness.ts';

afterEach(endVisits);
afterAll(closeShop);
