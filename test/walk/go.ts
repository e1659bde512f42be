import type { Ledger } from './ledger.ts';
import type { Boot } from './page-code.ts';
import { describeAction, type Fault, plan, shrink, walk } from './walk.ts';

/** Steps of one walk. */
export const LENGTH = 50;

/** One walk; a fault is told with the fewest steps that lead to it and with how to go there again. */
export async function go(boot: Boot, vendor: string, seed: number): Promise<Ledger> {
  const actions = plan(seed, LENGTH);
  try {
    return await walk(boot, vendor, seed, actions);
  } catch (error) {
    const least = await shrink(boot, vendor, seed, actions, error as Error);
    throw new Error(
      [
        least.fault.message,
        `after these steps beside ${vendor}:`,
        ...least.actions.map((action) => `  ${describeAction(action)}`),
        'The last requests:',
        ...((least.fault as Fault).log ?? []).map((request) => `  ${request}`),
        `Again: WALK_SEED=${vendor}:${seed} npx vitest run --project unit test/walk/random-walk.test.ts`,
      ].join('\n'),
    );
  }
}
