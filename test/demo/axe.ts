// What axe-core finds wrong with a page. https://www.deque.com/axe/

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Tab } from '../browser/harness.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A line for each violation: its rule, and where. */
export async function axeViolations(page: Tab): Promise<string[]> {
  await page.evaluate(AXE); // past the page's own policy
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run();
    return violations.flatMap(({ id, nodes }: any) =>
      nodes.map((node: any) => `${id}: ${node.target} ${node.any[0]?.message ?? ''}`),
    );
  });
}
