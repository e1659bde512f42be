// @vitest-environment node
// Conversations without end, over weeks, tabs and restarts, in bad weather: at the end the books must balance.
//   npm run soak                                10,000 conversations from a fresh seed
//   SOAK_SEED=7 SOAK=500 npm run soak           so many, from this seed
import { afterAll, describe, expect, test } from 'vitest';
import { go } from './go.ts';
import { add, faultsOf, type Ledger, show } from './ledger.ts';
import { type Boot, pageCode, tidy } from './page-code.ts';
import { seedOf } from './random.ts';

const VENDORS = ['crisp', 'intercom', 'tawk', 'zendesk', 'livechat'];
const { SOAK = '150', SOAK_SEED } = process.env; // as many for each seed, on a build server too
const many = Number(SOAK);
const seeds = SOAK_SEED ? [Number(SOAK_SEED)] : process.env.SOAK ? [fresh()] : [1, fresh()];

function fresh() {
  return Date.now() % 1_000_000;
}

describe('soak', () => {
  afterAll(tidy);

  test.each(seeds)(
    'loses nothing and tells nothing twice, from seed %i',
    async (seed) => {
      const boots: Boot[] = [];
      for (const vendor of VENDORS) boots.push(await pageCode(vendor));
      const wrong: string[] = [];
      let books: Ledger | undefined;
      try {
        for (let i = 0; !books || books.conversations < many; i++) {
          const at = i % VENDORS.length;
          const walked = await go(boots[at]!, VENDORS[at]!, seedOf(seed, VENDORS[at]!, i));
          wrong.push(
            ...faultsOf(walked).map(
              (sentence) => `walk ${VENDORS[at]}:${seedOf(seed, VENDORS[at]!, i)}: ${sentence}`,
            ),
          );
          books = books ? add([books, walked]) : walked;
          if (i % 500 === 499) console.log(`${books.conversations} conversations`);
        }
      } finally {
        if (books) console.log(`\nThe ledger of SOAK_SEED=${seed}\n${[show(books), ...wrong].join('\n')}\n`);
      }
      expect(wrong).toEqual([]);
      expect(faultsOf(books)).toEqual([]);
    },
    60 * 60_000,
  );
});
