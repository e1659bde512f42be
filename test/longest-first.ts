// The order in which files of tests begin: one that takes minutes and comes last has the machine for itself. Vitest knows by
// itself how long a file took, but not on a fresh clone.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = [
  'engines/firefox',
  'engines/webkit',
  'engines/chromium',
  'journeys/every-widget',
  'journeys/many-tabs',
  'journeys/explorer',
  'journeys/security',
  'journeys/a-site-makes-mistakes',
  'journeys/identity-rows',
  'visual/pages',
  'journeys/situations',
  'journeys/hostile-page',
  'browser/docs',
  'journeys/consent-platforms',
  'journeys/consent-is-asked',
  'journeys/qa-panel',
  'journeys/collector-has-bad-weather',
  'journeys/nothing-said-gets-out',
  'browser/vendors',
  'journeys/clocks',
  'journeys/second-file-is-missing',
  'journeys/guest-comes-back-and-buys',
  'core/faults',
  'walk/random-walk',
  'walk/soak',
  'house/consumers',
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? LONGEST.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
