// In the page: a tab that is alone with its queue, in a database of its own, and a server inside the page.
import { options } from '../../src/core/options.ts';
import { Later } from '../../src/core/types.ts';
import { engine } from '../../src/engine.ts';
import { keep } from '../../src/lib/keep.ts';

const HOUR = 3600; // seconds

/** Opens one. Its server answers when it is told to, or `closed`: it wants nothing for an hour. */
export function openTab(name: string, closed: boolean) {
  const kept = keep(name, () => {});
  let entries = 0;
  let quick = false;
  let answer = () => {};
  let asked = () => {};
  const entry = () => ({
    now: Date.now(),
    visitor: 'V1',
    fresh: `fresh-${++entries}`,
    page: {
      url: 'https://shop.example/hats/panama',
      path: '/hats/panama',
      referrer: 'https://search.example/',
    },
    facts: { page_type: 'product', product_sku: 'HAT-1' },
  });
  const whole = engine(
    {
      kept,
      visitor: { read: () => 'V1', write: () => 'V1' },
      options: options({ anonymous: 'send' }),
      entry,
      tell() {},
    },
    [
      {
        name: `server of ${name}`, // a lock of its own
        deliver() {
          if (closed) return Promise.reject(new Later(HOUR));
          if (quick) return Promise.resolve();
          asked();
          return new Promise<void>((resolve) => {
            answer = resolve;
          });
        },
      },
    ],
  );
  const opened = () => {
    const { now, ...rest } = entry();
    const conversation = `conversation-${entries}`;
    kept.put(`in/${now}-${String(entries).padStart(6, '0')}`, {
      ...{ now, ...rest },
      happened: {
        ...{ type: 'opened', widget: 'tawk', when: now, gesture: true, active: true, ends: false },
        ...{ fresh: conversation, conversation },
      },
    });
  };
  const settled = async () => {
    await whole.settle();
    if (closed) await whole.wake();
  };
  const nextBatch = () =>
    new Promise<void>((resolve) => {
      asked = resolve;
    });

  return {
    /** Records so many milestones, in one transaction. */
    async fill(count: number) {
      for (let i = 0; i < count; i++) opened();
      await settled();
    },
    /** Records so many milestones, one after another. */
    async record(count: number) {
      for (let i = 0; i < count; i++) {
        opened();
        await settled();
      }
    },
    /** The batch on the wire is taken; the next one is on the wire. */
    async deliver() {
      const next = nextBatch();
      answer();
      await next;
    },
    /** All is taken. */
    async drain() {
      quick = true;
      answer();
      while (await waiting()) await new Promise((resolve) => setTimeout(resolve, 20));
      quick = false;
    },
    waiting,
    /** Leaves nothing behind. */
    close() {
      whole.stop();
      kept.erase();
    },
  };

  async function waiting(): Promise<number> {
    const { queued } = await whole.status();
    return Object.values(queued)[0]!;
  }
}
