// @vitest-environment node
import { test } from 'vitest';
import { go } from './go.ts';
import { faultsOf, show } from './ledger.ts';
import { pageCode } from './page-code.ts';
test('one', async () => {
  const books = await go(await pageCode('livechat'), 'livechat', 1445184884);
  console.log(show(books), faultsOf(books));
}, 60000);
