import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Tests in a browser wait most of the time: four files at once keep two cores busy. */
const IN_A_BROWSER = {
  environment: 'node' as const,
  setupFiles: ['test/browser/each-file.ts'],
  isolate: false, // Playwright and all else take seconds to load
  testTimeout: 90_000,
  hookTimeout: 60_000,
  maxWorkers: 4,
  maxConcurrency: 3,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'happy-dom',
          maxWorkers: 2, // by itself vitest leaves a core of two alone
          sequence: { groupOrder: 1 },
          testTimeout: 20_000, // the machine may be busy
          include: [
            'test/{core,debug,lib,sources,destinations,consents,demo,house,identity,shopify,walk}/**/*.test.ts',
            'test/*.test.ts',
          ],
        },
      },
      {
        test: {
          ...IN_A_BROWSER,
          name: 'browser',
          include: ['test/{browser,journeys,visual}/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...IN_A_BROWSER,
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts', 'test/engines/setup.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'bench',
          environment: 'node',
          include: ['test/bench/**/*.bench.ts'],
          globalSetup: ['test/browser/setup.ts'],
          setupFiles: ['test/browser/each-file.ts'],
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
