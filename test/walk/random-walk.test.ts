// @vitest-environment node
// Drives every fake through random conversations and checks what always has to hold.
//   WALK_SEED=7 npx vitest run --project unit test/walk            all vendors, from one seed
//   WALK_SEED=crisp:1234 npx vitest run --project unit test/walk   the one walk that failed
//   WALK_STEPS=5000                                                steps beside each vendor
import { afterAll, describe, expect, test } from 'vitest';
import { go, LENGTH } from './go.ts';
import { pageCode, tidy, vendors } from './page-code.ts';
import { seedOf } from './random.ts';

const { CI, WALK_SEED = '', WALK_STEPS = CI ? '300' : '800' } = process.env; // the soak goes further
const steps = Number(WALK_STEPS);
const [, chosen, only] = /^(?:([\w-]+):)?(\d+)$/.exec(WALK_SEED) ?? [];
const fresh = Date.now() % 1_000_000;
const seeds = only ? [Number(only)] : CI ? [1, 2] : [1, fresh]; // the fresh one of a build server is the soak's

describe('walk', () => {
  let all = 0;
  afterAll(() => {
    tidy();
    console.log(`random walk from seed ${seeds.join(', ')}: ${all} conversations`);
  });

  test.each(chosen ? [chosen] : vendors)(
    'breaks no rule beside %s',
    async (vendor) => {
      const boot = await pageCode(vendor);
      const walks = chosen
        ? seeds
        : seeds.flatMap((seed) =>
            Array.from({ length: Math.ceil(steps / LENGTH / seeds.length) }, (_, i) =>
              seedOf(seed, vendor, i),
            ),
          );
      let heard = 0;
      for (const seed of walks) {
        const { conversations, own } = await go(boot, vendor, seed);
        all += conversations;
        heard += own;
      }
      if (!chosen) expect(heard).toBeGreaterThan(0);
    },
    120_000,
  );
});
