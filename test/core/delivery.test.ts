import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Ahead, delivery, type Present, standing, type Told } from '../../src/core/delivery.ts';
import { enqueue, type Queued, tally } from '../../src/core/queue.ts';
import {
  type ConsentState,
  type Destination,
  Later,
  type Message,
  Misconfigured,
  Partly,
  Refused,
} from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';
import type { View } from '../../src/lib/storage.ts';
import { fakeLocks, installLocks, removeLocks } from '../lib/fake-locks.ts';
import { DAY, HOUR, MINUTE, mapStorage, message, NOON, SECOND } from './builders.ts';

type Result = 'ok' | Error | ((messages: readonly Message[]) => 'ok' | Error | Promise<'ok'>);

/** A destination that answers with these results one after another, and then always with the last. */
function fed(results: Result[], parts: Partial<Destination> = {}) {
  const sent: { ids: string[]; messages: readonly Message[]; leaving: boolean; at: number }[] = [];
  const destination: Destination = {
    name: 'server',
    async deliver(messages, { leaving }) {
      sent.push({
        ids: messages.map(({ messageId }) => messageId),
        messages,
        leaving,
        at: Date.now() - NOON,
      });
      const result = results.length > 1 ? results.shift()! : results[0]!;
      const answer = typeof result === 'function' ? await result(messages) : result;
      if (answer instanceof Error) throw answer;
    },
    ...parts,
  };
  return {
    destination,
    sent,
    ids: () => sent.map(({ ids }) => ids.join(' ')),
    times: () => sent.map(({ at }) => at),
  };
}

/** Refuses a batch in which one of these stands. */
const refuses =
  (...poison: string[]): Result =>
  (messages) =>
    messages.some(({ messageId }) => poison.includes(messageId)) ? new Refused('status 400') : 'ok';

const never = () => new Promise<'ok'>(() => {});

const STAYS: Ahead = { soon: () => false, ours: () => false };

/** A tab: its delivery over a storage, with what it tells. */
function tab(
  destinations: Destination[],
  {
    hold = true,
    storage = mapStorage(),
    messages = [] as Message[],
    since = NOON,
    ahead = STAYS,
    present = undefined as Present | undefined,
  } = {},
) {
  const told: string[] = [];
  const put = (...more: Message[]) =>
    storage.change((view) => {
      for (const one of more) for (const { name } of destinations) enqueue(view, name, one, since);
    });
  for (const one of messages) put(one);
  const onWay: string[] = [];
  const tells: Told = {
    sent: (to, all) => onWay.push(`${to} ${all.map(({ messageId }) => messageId).join(' ')}`),
    delivered: (to, all) => told.push(`${to} took ${all.map(({ messageId }) => messageId).join(' ')}`),
    dropped: (to, reason, all) =>
      told.push(`${to} lost ${all.map(({ messageId }) => messageId).join(' ')}: ${reason}`),
  };
  const running = delivery(storage, destinations, hold, tells, ahead, present);
  return {
    ...running,
    storage,
    told,
    /** The requests that were told. */
    onWay,
    put,
    /** Wakes it and lets time pass. */
    async run(milliseconds = 0) {
      void running.wake();
      await vi.advanceTimersByTimeAsync(milliseconds);
    },
    wait: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
    left: (name = 'server') =>
      [...storage.view().keys()]
        .filter((key) => key.startsWith(`q/${name}/`))
        .map((key) => key.split('/')[3]!),
    standing: (name = 'server') => standing(storage.view(), { name } as Destination),
  };
}

const ten = Array.from({ length: 10 }, (_, i) => message(`m${i}`));

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOON });
  installLocks(fakeLocks());
  localStorage.clear();
  vi.spyOn(Math, 'random').mockReturnValue(0.999_999);
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  removeLocks();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('delivery', () => {
  test('sends what waits, oldest first, one ahead and the others together, and forgets what was taken', async () => {
    const { destination, sent, ids } = fed(['ok']);
    const page = tab([destination], { messages: ten.slice(0, 3) });
    await page.run();
    expect(ids()).toEqual(['m0', 'm1 m2']);
    expect(sent[0]!.leaving).toBe(false);
    expect(page.left()).toEqual([]);
    expect(page.told).toEqual(['server took m0', 'server took m1 m2']);
    expect(tally(page.storage.view()).delivered).toBe(3);
  });

  test('keeps what has no answer yet', async () => {
    const { destination, sent } = fed([never]);
    const page = tab([destination], { messages: ten });
    await page.run();
    expect(sent).toHaveLength(1);
    expect(page.left()).toHaveLength(10);
  });

  test('tells nobody anything where nothing waits', async () => {
    const { destination, sent } = fed(['ok']);
    const page = tab([destination]);
    await page.run(MINUTE);
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not rest a timer after everything was taken', async () => {
    const { destination } = fed(['ok']);
    const page = tab([destination], { messages: ten });
    await page.run();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('sends a new record when it is woken', async () => {
    const { destination, ids } = fed(['ok']);
    const page = tab([destination], { messages: [message('a')] });
    await page.run();
    await page.put(message('b'));
    await page.run();
    expect(ids()).toEqual(['a', 'b']);
  });

  test('sends what came while a request was under way, afterwards', async () => {
    let answer = () => {};
    const { destination, ids } = fed([() => new Promise((resolve) => (answer = () => resolve('ok'))), 'ok']);
    const page = tab([destination], { messages: [message('a')] });
    await page.run();
    await page.put(message('b'));
    await page.run();
    expect(ids()).toEqual(['a']);
    answer();
    await page.wait(0);
    expect(ids()).toEqual(['a', 'b']);
  });

  test('makes a request no larger than 50 messages', async () => {
    const { destination, sent } = fed(['ok']);
    const page = tab([destination], { messages: Array.from({ length: 120 }, (_, i) => message(`m${i}`)) });
    await page.run();
    expect(sent.map(({ ids }) => ids.length)).toEqual([1, 50, 50, 19]);
    expect(page.left()).toEqual([]);
  });

  test('makes a request no larger than outlives a page, in bytes of any script', async () => {
    const { destination, sent } = fed(['ok']);
    const wide = Array.from({ length: 9 }, (_, i) =>
      message(`m${i}`, { traits: { name: '名'.repeat(4000) } }),
    );
    const page = tab([destination], { messages: wide });
    await page.run();
    for (const { messages } of sent) expect(new Blob([JSON.stringify(messages)]).size).toBeLessThan(60_000);
    expect(sent.flatMap(({ ids }) => ids)).toEqual(wide.map(({ messageId }) => messageId));
  });

  test('sends a record that is too large alone', async () => {
    const { destination, ids } = fed(['ok']);
    const large = message('large', { traits: { name: 'x'.repeat(70_000) } });
    const page = tab([destination], { messages: [message('a'), large, message('b')] });
    await page.run();
    expect(ids()).toEqual(['a', 'large', 'b']);
  });

  describe('after a failure', () => {
    test('brings everything through [network error, 500, 429 with Retry-After, cut, ok], unchanged', async () => {
      const { destination, sent, ids } = fed([
        new TypeError('Failed to fetch'),
        new Error('status 500'),
        new Later(5, 'status 429'),
        new DOMException('The user aborted a request.', 'AbortError'),
        'ok',
      ]);
      const page = tab([destination], { messages: ten });
      await page.run(HOUR);
      expect(ids()).toEqual([...Array(5).fill('m0'), 'm1 m2 m3 m4 m5 m6 m7 m8 m9']);
      for (const { messages } of sent.slice(0, 5)) expect(messages).toEqual([ten[0]]);
      expect(sent[5]!.messages).toEqual(ten.slice(1));
      expect(page.left()).toEqual([]);
      expect(page.told).toHaveLength(2);
    });

    test('waits twice as long each time, and never more than five minutes', async () => {
      const { destination, times } = fed([new Error('status 500')]);
      const page = tab([destination], { messages: ten });
      await page.run(HOUR);
      const waits = times().map((time, i, all) => (i ? Math.round((time - all[i - 1]!) / SECOND) : 0));
      expect(waits.slice(0, 12)).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    });

    test('waits as the dice say', async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0.25);
      const { destination, times } = fed([new Error('status 500')]);
      const page = tab([destination], { messages: ten });
      await page.run(4 * SECOND);
      expect(times()).toEqual([0, 250, 750, 1750, 3750]);
    });

    test('begins anew after a success', async () => {
      const failure = new Error('status 500');
      const { destination, times } = fed([failure, failure, 'ok', failure, 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run(MINUTE);
      await page.put(message('b'));
      await page.run(MINUTE);
      expect(times().map((time) => Math.round(time / SECOND))).toEqual([0, 1, 3, 60, 61]);
    });

    test('remembers the wait in the database, for other tabs', async () => {
      const { destination, sent } = fed([new Error('status 500')]);
      const storage = mapStorage();
      const first = tab([destination], { storage, messages: ten });
      await first.run(40 * SECOND);
      first.stop();
      const tried = sent.length;
      const second = tab([destination], { storage });
      await second.run(900);
      expect(sent).toHaveLength(tried);
    });

    test('says what went wrong', async () => {
      const page = tab([fed([new Error('status 500')]).destination], { messages: ten });
      await page.run();
      expect(page.standing()).toMatchObject({ tries: 1, error: 'status 500' });
    });

    test('counts it, and a refused record too', async () => {
      faults.counts = {};
      const page = tab([fed([new Error('status 500'), refuses('m3')]).destination], { messages: ten });
      await page.run(MINUTE);
      expect(faults.counts.server).toBe(2);
    });

    test('does nothing any more once it is stopped', async () => {
      const { destination, sent } = fed([new Error('status 500')]);
      const page = tab([destination], { messages: ten });
      await page.run();
      page.stop();
      await page.wait(HOUR);
      expect(sent).toHaveLength(1);
    });

    test('begins no further request once it is stopped', async () => {
      let answer = () => {};
      const { destination, sent } = fed([
        () => new Promise((resolve) => (answer = () => resolve('ok'))),
        'ok',
      ]);
      const page = tab([destination], { messages: Array.from({ length: 120 }, (_, i) => message(`m${i}`)) });
      await page.run();
      page.stop();
      answer();
      await page.wait(MINUTE);
      expect(sent).toHaveLength(1);
      expect(page.left()).toHaveLength(119);
    });
  });

  describe('a wake', () => {
    test('shortens a wait to two seconds at most while failures are few, once', async () => {
      const { destination, times } = fed([new Error('status 500')]);
      const page = tab([destination], { messages: ten });
      await page.run(10 * SECOND); // tried at 0, 1, 3 and 7; next at 15
      await page.run(500);
      await page.run(1500);
      expect(times().map((time) => Math.round(time / SECOND))).toEqual([0, 1, 3, 7, 12]);
      await page.wait(15 * SECOND);
      expect(times()).toHaveLength(5);
    });

    test('shortens it for all tabs, and for none to less', async () => {
      const { destination, sent } = fed([new Error('status 500')]);
      const storage = mapStorage();
      const page = tab([destination], { storage, messages: ten });
      await page.run(10 * SECOND);
      const tried = sent.length;
      await page.run(500);
      const other = tab([destination], { storage });
      await other.run(1400);
      expect(sent).toHaveLength(tried);
      await page.wait(200);
      expect(sent.length).toBeGreaterThan(tried);
    });

    test.each([
      ['a second', 0, 1],
      ['a second and half a minute', 0.5, 31],
      ['a minute at most', 0.999_999, 61],
    ])('after many failures comes over a minute, for a crowd may hear it: %s', async (_what, dice, soon) => {
      const { destination, times } = fed([...Array<Result>(12).fill(new Error('status 500')), 'ok']);
      const page = tab([destination], { messages: ten });
      await page.run(20 * MINUTE); // tried 12 times, the last time at 18:31
      vi.mocked(Math.random).mockReturnValue(dice);
      await page.run(65 * SECOND);
      expect(times()[12]).toBeGreaterThanOrEqual((20 * 60 + soon) * SECOND - 1);
      expect(times()[12]).toBeLessThanOrEqual((20 * 60 + soon) * SECOND + 1);
      expect(page.left()).toEqual([]);
    });

    test('does not prolong a shorter wait', async () => {
      const { destination, times } = fed([new Error('status 500')]);
      const page = tab([destination], { messages: ten });
      await page.run(900);
      await page.run(200);
      expect(times().map((time) => Math.round(time / SECOND))).toEqual([0, 1]);
    });

    test('goes at once where nothing failed', async () => {
      const { destination, times } = fed(['ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      expect(times()).toEqual([0]);
    });
  });

  describe('a server that says when', () => {
    test.each([
      ['at the earliest then', 0, 90, 90 * SECOND],
      ['as late again at most', 1, 90, 181 * SECOND],
      ['5 minutes later at most', 1, 900, 20 * MINUTE],
      ['an hour at most', 1, 3500, HOUR],
      ['an hour at most, whatever it says', 0, 7200, HOUR],
    ])('is obeyed: %s', async (_what, dice, seconds, wait) => {
      vi.mocked(Math.random).mockReturnValue(dice);
      const { destination, times } = fed([new Later(seconds), 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run(2 * HOUR);
      expect(times()).toEqual([0, wait]);
    });

    test('is not asked by a crowd at once: each page comes at a time of its own', async () => {
      vi.mocked(Math.random).mockRestore();
      const came = [];
      for (let page = 0; page < 60; page++) {
        localStorage.clear();
        installLocks(fakeLocks());
        const { destination, times } = fed([new Later(60), 'ok']);
        const began = Date.now() - NOON;
        await tab([destination], { messages: [message('a')] }).run(3 * MINUTE);
        came.push(times()[1]! - began);
      }
      expect(Math.min(...came)).toBeGreaterThanOrEqual(60 * SECOND);
      expect(Math.max(...came)).toBeLessThanOrEqual(121 * SECOND);
      expect(new Set(came.map((at) => Math.floor(at / (3 * SECOND)))).size).toBeGreaterThan(10); // of 20
    });

    test('is asked by a page that leaves after that time, though its own turn has not come', async () => {
      const { destination, times } = fed([new Later(90), 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run(89 * SECOND);
      page.leave();
      expect(times()).toEqual([0]);
      await page.wait(2 * SECOND);
      page.leave();
      expect(times()).toEqual([0, 91 * SECOND]);
      await page.wait(0);
      expect(page.left()).toEqual([]);
    });

    test('is obeyed though a wake comes, another tab opens, or the page goes', async () => {
      const { destination, sent } = fed([new Later(90), 'ok']);
      const storage = mapStorage();
      const page = tab([destination], { storage, messages: ten });
      await page.run(10 * SECOND);
      await page.run(10 * SECOND);
      await tab([destination], { storage }).run(10 * SECOND);
      page.leave();
      await page.wait(SECOND);
      expect(sent).toHaveLength(1);
    });

    test.each([0, -60, Number.NaN])('is not hammered when it says %j seconds', async (seconds) => {
      const { destination, sent } = fed([...Array<Result>(100).fill(new Later(seconds)), never]);
      const page = tab([destination], { messages: ten });
      await page.run(MINUTE);
      expect(sent.length).toBeLessThan(20);
    });

    test('is obeyed by the page that left, and by what was on the wire', async () => {
      const answers: ((result: 'ok' | Error) => void)[] = [];
      const asked = () =>
        new Promise<'ok'>((resolve, reject) =>
          answers.push((result) => (result === 'ok' ? resolve('ok') : reject(result))),
        );
      for (const late of ['ok', new Error('status 500')] as const) {
        const { destination, times } = fed([asked, asked, 'ok']);
        const page = tab([destination], { messages: [message('a')] });
        const begun = Date.now() - NOON;
        await page.run();
        await page.put(message('b'));
        page.leave();
        answers.pop()!(new Later(90));
        await page.wait(0);
        answers.pop()!(late); // the request that was under way before
        await page.run(90 * SECOND);
        expect(times()).toHaveLength(2);
        await page.wait(92 * SECOND);
        expect(Math.round((times().at(-1)! - begun) / SECOND)).toBe(181);
        page.stop();
        localStorage.clear();
        installLocks(fakeLocks());
      }
    });

    test('is obeyed once: what fails later backs off as ever', async () => {
      const { destination, times } = fed([
        new Later(5),
        new Error('status 500'),
        new Error('status 500'),
        'ok',
      ]);
      const page = tab([destination], { messages: [message('a')] });
      await page.run(MINUTE);
      expect(times().map((time) => Math.round(time / SECOND))).toEqual([0, 11, 13, 17]);
    });

    test('is not waited for when the clock has jumped', async () => {
      const { destination, sent } = fed(['ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.storage.change((view) =>
        view.set('to/server', { tries: 1, until: NOON + 20 * DAY, firm: true }),
      );
      await page.run(2 * HOUR);
      expect(sent).toHaveLength(1);
    });
  });

  describe('a wrong key or host', () => {
    test('keeps everything and is tried slowly, between half a minute and 15', async () => {
      const { destination, times } = fed([new Misconfigured('status 401')]);
      const page = tab([destination], { messages: ten });
      await page.run(2 * HOUR);
      const waits = times().map((time, i, all) => (i ? Math.round((time - all[i - 1]!) / SECOND) : 0));
      expect(waits.slice(0, 9)).toEqual([0, 30, 60, 120, 240, 480, 900, 900, 900]);
      expect(page.left()).toHaveLength(10);
    });

    test('waits half a minute whatever the dice say', async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0);
      const { destination, times } = fed([new Misconfigured('status 401'), 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run(MINUTE);
      expect(times()).toEqual([0, 30 * SECOND]);
    });

    test('is said once', async () => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => {});
      const page = tab([fed([new Misconfigured('status 403: check the write key')]).destination], {
        messages: ten,
      });
      await page.run(HOUR);
      expect(
        said.mock.calls.filter(([sentence]) => String(sentence).includes('check the write key')),
      ).toHaveLength(1);
    });
  });

  describe('a refused batch', () => {
    test('is split until the bad record is alone; that is dropped and counted, the rest goes on', async () => {
      const { destination } = fed([refuses('m6')]);
      const page = tab([destination], { messages: ten });
      await page.run();
      expect(page.left()).toEqual([]);
      expect(page.told.at(-1)).toBe('server lost m6: refused');
      expect(tally(page.storage.view())).toMatchObject({ delivered: 9, dropped: { refused: 1 } });
    });

    test('keeps its order', async () => {
      const { destination } = fed([refuses('m6')]);
      const page = tab([destination], { messages: ten });
      await page.run();
      const taken = page.told
        .filter((one) => one.includes('took'))
        .flatMap((one) => one.replace('server took ', '').split(' '));
      expect(taken).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm7', 'm8', 'm9']);
    });

    test('may hold several bad records', async () => {
      const { destination } = fed([refuses('m0', 'm1', 'm9')]);
      const page = tab([destination], { messages: ten });
      await page.run();
      expect(page.left()).toEqual([]);
      expect(tally(page.storage.view())).toMatchObject({ delivered: 7, dropped: { refused: 3 } });
    });

    test('is a fault of the set-up where nothing was ever taken: all is kept, and tried slowly', async () => {
      const { destination, times } = fed([new Refused('status 400')]);
      const page = tab([destination], { messages: ten });
      await page.run(29 * SECOND);
      expect(page.left()).toHaveLength(10);
      expect(page.told).toEqual([]);
      expect(tally(page.storage.view()).dropped).toEqual({});
      expect(new Set(times())).toEqual(new Set([0]));
      await page.wait(SECOND);
      expect(new Set(times())).toEqual(new Set([0, 30 * SECOND]));
    });

    test('goes in company where the first one is refused: one bad record holds up no other', async () => {
      const { destination } = fed([refuses('m0')]);
      const page = tab([destination], { messages: ten });
      await page.run();
      expect(page.left()).toEqual([]);
      expect(tally(page.storage.view())).toMatchObject({ delivered: 9, dropped: { refused: 1 } });
    });

    test('is dropped where something was taken before', async () => {
      const { destination } = fed(['ok', new Refused('status 400')]);
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      await page.put(message('b'), message('c'));
      await page.run();
      expect(page.left()).toEqual([]);
      expect(tally(page.storage.view()).dropped).toEqual({ refused: 2 });
    });

    test('is kept where something was taken, but with another key or host', async () => {
      const storage = mapStorage();
      await tab([fed(['ok'], { target: 'old key' }).destination], {
        storage,
        messages: [message('a')],
      }).run();
      const page = tab([fed([new Refused('status 400')], { target: 'new key' }).destination], {
        storage,
        messages: [message('b')],
      });
      await page.run();
      expect(page.left()).toEqual(['b']);
    });

    test('that fails halfway loses nothing', async () => {
      const { destination } = fed([new Refused('status 400'), 'ok', new Error('status 500'), 'ok']);
      const page = tab([destination], { messages: ten });
      await page.run(MINUTE);
      expect(page.left()).toEqual([]);
      const { delivered, dropped } = tally(page.storage.view());
      expect({ delivered, dropped }).toEqual({ delivered: 10, dropped: {} });
    });
  });

  describe('hold', () => {
    const unknown = message('unknown', { userId: undefined });

    test('keeps records of unknown persons', async () => {
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { messages: [unknown, message('a')] });
      await page.run(HOUR);
      expect(ids()).toEqual(['a']);
      expect(page.left()).toEqual(['unknown']);
    });

    test('lets them go when they are set free', async () => {
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { messages: [unknown] });
      await page.storage.change((view) => {
        for (const [key, queued] of view)
          if (key.startsWith('q/')) view.set(key, { ...queued, free: true } satisfies Queued);
      });
      await page.run();
      expect(ids()).toEqual(['unknown']);
    });

    test('sends them where anonymous records are sent', async () => {
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { hold: false, messages: [unknown, message('a')] });
      await page.run();
      expect(ids()).toEqual(['unknown', 'a']);
    });

    test('keeps them when the page goes', async () => {
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { messages: [unknown, message('a')] });
      page.leave();
      await page.wait(0);
      expect(ids()).toEqual(['a']);
    });
  });

  describe('what is old or too much', () => {
    test('is dropped after 30 days, oldest first, and counted', async () => {
      const { destination, ids } = fed(['ok']);
      const storage = mapStorage();
      await tab([destination], { storage, since: NOON - 31 * DAY }).put(message('old'));
      const page = tab([destination], { storage, messages: [message('new')] });
      await page.run();
      expect(ids()).toEqual(['new']);
      expect(page.told[0]).toBe('server lost old: expired');
      expect(tally(storage.view()).dropped).toEqual({ expired: 1 });
    });

    test('is dropped beyond 1,000 records', async () => {
      const { destination } = fed([new Error('status 500')]);
      const page = tab([destination], { hold: true });
      await page.put(...Array.from({ length: 1003 }, (_, i) => message(`m${i}`, { userId: undefined })));
      await page.run();
      expect(page.left()).toHaveLength(1000);
      expect(page.told).toEqual(['server lost m0 m1 m2: expired']);
    });

    test('is counted for each destination by itself', async () => {
      const page = tab([fed([never]).destination, fed([never], { name: 'other' }).destination]);
      await page.put(...Array.from({ length: 600 }, (_, i) => message(`m${i}`)));
      await page.run();
      expect(page.told).toEqual([]);
    });
  });

  describe('a page that goes', () => {
    test('sends what waits at once, and keeps it until the answer comes', async () => {
      let answer = () => {};
      const { destination, sent } = fed([() => new Promise((resolve) => (answer = () => resolve('ok')))]);
      const page = tab([destination], { messages: ten });
      page.leave();
      expect(sent).toMatchObject([{ leaving: true, messages: ten }]); // in this very task
      await page.wait(0);
      expect(page.left()).toHaveLength(10);
      answer();
      await page.wait(0);
      expect(page.left()).toEqual([]);
      expect(page.told).toEqual(['server took m0 m1 m2 m3 m4 m5 m6 m7 m8 m9']);
    });

    test('does not send again what is on the wire', async () => {
      const { destination, sent } = fed([never]);
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      page.leave();
      page.leave();
      expect(sent).toHaveLength(1);
    });

    test('sends what is on the wire again with what comes after it, lest that overtake', async () => {
      const { destination, ids } = fed([never]);
      const page = tab([destination], { messages: ten.slice(0, 3) });
      await page.run();
      page.leave();
      expect(ids()).toEqual(['m0', 'm0 m1 m2']);
    });

    test('sends it once, though its own request is given up as the page goes', async () => {
      let cut = () => {};
      const { destination, ids } = fed([
        () => new Promise((_, reject) => (cut = () => reject(new Error('cut')))),
        never,
      ]);
      const page = tab([destination], { messages: ten.slice(0, 3) });
      await page.run();
      page.leave(); // pagehide
      cut();
      await page.wait(0);
      page.leave(); // visibilitychange
      expect(ids()).toEqual(['m0', 'm0 m1 m2']);
    });

    test('for one of ours sends nothing: that one delivers, and hears the answer', async () => {
      const { destination, sent } = fed(['ok']);
      const storage = mapStorage();
      const ahead: Ahead = { soon: () => false, ours: () => true };
      tab([destination], { storage, messages: ten, ahead }).leave();
      expect(sent).toEqual([]);
      await tab([destination], { storage }).run();
      expect(sent.flatMap(({ ids }) => ids)).toEqual(ten.map(({ messageId }) => messageId));
    });

    test('begins nothing while another document is on its way, and goes on where it stays', async () => {
      let soon = true;
      const { destination, sent } = fed(['ok']);
      const page = tab([destination], { messages: ten, ahead: { soon: () => soon, ours: () => false } });
      await page.run(3 * SECOND);
      expect(sent).toEqual([]);
      soon = false;
      await page.wait(SECOND);
      expect(page.left()).toEqual([]);
    });

    test('sends though it backs off', async () => {
      const { destination, sent } = fed([new Error('status 500'), 'ok']);
      const page = tab([destination], { messages: ten });
      await page.run();
      page.leave();
      expect(sent).toHaveLength(2);
    });

    test('ends the backoff when that is taken', async () => {
      const { destination, ids } = fed([new Error('status 500'), 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      page.leave();
      await page.wait(0);
      await page.put(message('b'));
      await page.run();
      expect(ids()).toEqual(['a', 'a', 'b']);
    });

    test('keeps what failed, and goes on when it is back', async () => {
      const { destination, sent } = fed([new TypeError('Failed to fetch'), 'ok']);
      const page = tab([destination], { messages: [message('a')] });
      page.leave();
      await page.wait(0);
      expect(sent).toHaveLength(2);
      expect(page.left()).toEqual([]);
    });

    test('does not let a later record overtake what is on the wire', async () => {
      let cut = () => {};
      const { destination, ids } = fed([
        () => new Promise((_, reject) => (cut = () => reject(new Error('cut')))),
        'ok',
      ]);
      const page = tab([destination], { messages: [message('a')] });
      page.leave();
      await page.put(message('b'));
      await page.run();
      cut();
      await page.wait(MINUTE);
      expect(ids()).toEqual(['a', 'a', 'b']);
    });

    test('is given time for its answer by the other tabs', async () => {
      let answer = () => {};
      const one = fed([() => new Promise((resolve) => (answer = () => resolve('ok')))]);
      const two = fed(['ok']);
      const storage = mapStorage();
      const page = tab([one.destination], { storage, messages: ten });
      const other = tab([two.destination], { storage });
      page.leave();
      await other.run(4 * SECOND);
      answer();
      await other.wait(MINUTE);
      expect([one.sent.length, two.sent.length]).toEqual([1, 0]);
      expect([...storage.view().keys()].filter((key) => key.startsWith('gone/'))).toEqual([]);
    });

    test('and dies is not waited for any longer than that', async () => {
      const storage = mapStorage();
      tab([fed([never]).destination], { storage, messages: [message('a')] }).leave();
      const { destination, times } = fed(['ok']);
      const page = tab([destination], { storage });
      await page.run(MINUTE);
      expect(times()).toEqual([5 * SECOND]);
    });

    test('whose answer is a refusal of service is waited for no longer', async () => {
      const storage = mapStorage();
      const page = tab([fed([new Error('status 500'), never]).destination], {
        storage,
        messages: [message('a')],
      });
      page.leave();
      page.stop();
      await page.wait(SECOND);
      const { destination, sent } = fed(['ok']);
      await tab([destination], { storage }).run(0);
      expect(sent).toHaveLength(1);
    });

    test('throws nothing where its answer comes and the database does not', async () => {
      const unhandled = vi.fn();
      process.on('unhandledRejection', unhandled);
      faults.counts = {};
      const storage = mapStorage();
      const { destination } = fed([new Error('status 500'), never]);
      const page = tab([destination], { storage, messages: [message('a')] });
      page.stop();
      storage.change = () => Promise.reject(new Error('the database cannot be read now'));
      page.leave();
      await page.wait(SECOND);
      vi.useRealTimers();
      await new Promise((resolve) => setTimeout(resolve, 10));
      process.off('unhandledRejection', unhandled);
      expect(unhandled).not.toHaveBeenCalled();
      expect(faults.counts['delivery']).toBeGreaterThan(0);
    });

    test('sends nothing where another tab knows more', () => {
      const storage = { ...mapStorage(), fresh: () => false };
      const { destination, sent } = fed(['ok']);
      tab([destination], { storage, messages: ten }).leave();
      expect(sent).toEqual([]);
    });

    test('sends no more than outlives a page', async () => {
      const { destination, sent } = fed([never]);
      const page = tab([destination], { messages: Array.from({ length: 120 }, (_, i) => message(`m${i}`)) });
      page.leave();
      expect(sent).toHaveLength(1);
      expect(sent[0]!.ids[0]).toBe('m0');
      expect(new Blob([JSON.stringify(sent[0]!.messages)]).size).toBeLessThan(60_000);
    });

    test('sends a record that its destination has not finished as it stands, and so ever after', async () => {
      const prepare = vi.fn(async (raw: Message) => ({ ...raw, context: { finished: true } }));
      const { destination, sent } = fed([new TypeError('Failed to fetch'), 'ok'], { prepare });
      const page = tab([destination], { messages: [message('a')] });
      page.leave();
      await page.wait(MINUTE);
      expect(sent.map(({ messages }) => messages[0]!.context)).toEqual([{}, {}]);
    });

    test('serves the other destinations where one throws', async () => {
      const broken: Destination = {
        name: 'broken',
        deliver: () => {
          throw new Error('not even a promise');
        },
      };
      const { destination, sent } = fed(['ok']);
      const page = tab([broken, destination], { messages: [message('a')] });
      expect(() => page.leave()).not.toThrow();
      expect(sent).toHaveLength(1);
    });
  });

  describe('a destination that finishes its messages', () => {
    test('is asked once, and what it made is sent on every try', async () => {
      const prepare = vi.fn(async (raw: Message) => ({
        ...raw,
        context: { number: prepare.mock.calls.length },
      }));
      const { destination, sent } = fed([new Error('status 500'), new Error('status 500'), 'ok'], {
        prepare,
      });
      const page = tab([destination], { messages: [message('a')] });
      await page.run(MINUTE);
      expect(prepare).toHaveBeenCalledOnce();
      expect(sent.map(({ messages }) => messages[0]!.context)).toEqual(Array(3).fill({ number: 1 }));
    });

    test('is asked once, though the page is loaded anew', async () => {
      const prepare = vi.fn(async (raw: Message) => raw);
      const storage = mapStorage();
      const first = tab([fed([new Error('status 500')], { prepare }).destination], {
        storage,
        messages: [message('a')],
      });
      await first.run();
      first.stop();
      await tab([fed(['ok'], { prepare }).destination], { storage }).run(MINUTE);
      expect(prepare).toHaveBeenCalledOnce();
    });

    test.each<[string, Destination['prepare']]>([
      [
        'throws',
        () => {
          throw new Error('client');
        },
      ],
      ['rejects', () => Promise.reject(new Error('client'))],
    ])('and %s gets the message as it was', async (_what, prepare) => {
      const { destination, sent } = fed(['ok'], { prepare });
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      expect(sent[0]!.messages).toEqual([message('a')]);
    });

    test('does not undo an identification that comes meanwhile', async () => {
      let finish = () => {};
      const prepare = (raw: Message) => new Promise<Message>((resolve) => (finish = () => resolve(raw)));
      const { destination, sent } = fed(['ok'], { prepare });
      const page = tab([destination], { hold: false, messages: [message('a', { userId: undefined })] });
      await page.run();
      await page.storage.change((view) => {
        for (const [key, queued] of view)
          if (key.startsWith('q/'))
            view.set(key, { ...queued, message: { ...queued.message, userId: 'ada' } });
      });
      finish();
      await page.wait(0);
      expect(sent[0]!.messages[0]!.userId).toBe('ada');
    });

    test('sends no empty request when the page sent everything meanwhile', async () => {
      let finish = () => {};
      const prepare = (raw: Message) => new Promise<Message>((resolve) => (finish = () => resolve(raw)));
      const { destination, sent } = fed([(messages) => (messages.length ? 'ok' : never())], { prepare });
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      page.leave();
      await page.wait(0);
      finish();
      await page.wait(0);
      expect(sent.map(({ ids }) => ids)).toEqual([['a']]);
    });

    test('does not replace what the page has sent as it stood', async () => {
      let finish = () => {};
      const prepare = (raw: Message) =>
        new Promise<Message>((resolve) => (finish = () => resolve({ ...raw, context: { finished: true } })));
      const { destination, sent } = fed([new TypeError('Failed to fetch'), 'ok'], { prepare });
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      page.leave();
      finish();
      await page.wait(MINUTE);
      expect(sent.map(({ messages }) => messages[0]!.context)).toEqual([{}, {}]);
    });

    test('does not send twice what the page is sending', async () => {
      let finish = () => {};
      const prepare = (raw: Message) => new Promise<Message>((resolve) => (finish = () => resolve(raw)));
      const { destination, sent } = fed([never], { prepare });
      const page = tab([destination], { messages: [message('a')] });
      await page.run();
      page.leave();
      finish();
      await page.wait(0);
      expect(sent).toHaveLength(1);
    });
  });

  test('one destination that fails holds up no other', async () => {
    const bad = fed([new Error('status 500')]);
    const stuck = fed([never], { name: 'stuck' });
    const good = fed(['ok'], { name: 'good' });
    const page = tab([stuck.destination, bad.destination, good.destination], { messages: ten });
    await page.run();
    expect([page.left('stuck').length, page.left('server').length, page.left('good').length]).toEqual([
      10, 10, 0,
    ]);
  });

  test('two tabs send each record once', async () => {
    const { destination, ids } = fed(['ok']);
    const storage = mapStorage();
    const one = tab([destination], { storage, messages: ten });
    const two = tab([destination], { storage });
    await Promise.all([one.run(), two.run()]);
    expect(ids().join(' ')).toBe(ten.map(({ messageId }) => messageId).join(' '));
  });

  describe('where there are no locks', () => {
    beforeEach(() => installLocks(undefined));

    test('two tabs send each record once', async () => {
      const { destination, ids } = fed(['ok']);
      const storage = mapStorage();
      const one = tab([destination], { storage, messages: ten });
      const two = tab([destination], { storage });
      await Promise.all([one.run(5 * SECOND), two.run(5 * SECOND)]);
      expect(ids().join(' ')).toBe(ten.map(({ messageId }) => messageId).join(' '));
    });

    test('a tab that died with its lease is not waited for any longer than the lease', async () => {
      const storage = mapStorage();
      tab([fed([never]).destination], { storage, messages: [message('a')] }).run();
      const { destination, sent } = fed(['ok']);
      const page = tab([destination], { storage });
      await page.run(MINUTE);
      expect(sent).toHaveLength(1);
    });

    test('a lease from a clock that has jumped is not waited for', async () => {
      const { destination, sent } = fed(['ok']);
      const page = tab([destination], { messages: [message('a')] });
      vi.setSystemTime(NOON + 9 * DAY);
      tab([fed([never]).destination], { storage: page.storage }).run();
      await page.wait(0);
      vi.setSystemTime(NOON);
      await page.run(SECOND);
      expect(sent).toHaveLength(1);
    });

    test('a destination that is done gives up no other that is on the wire', async () => {
      const storage = mapStorage();
      const slow = fed([never], { name: 'slow' });
      const quick = fed(['ok'], { name: 'quick' });
      tab([slow.destination, quick.destination], { storage, messages: [message('a')] }).run();
      await vi.advanceTimersByTimeAsync(SECOND);
      await tab([slow.destination, quick.destination], { storage }).run(5 * SECOND);
      expect([quick.sent.length, slow.sent.length]).toEqual([1, 1]);
    });

    test('leaves no lease behind', async () => {
      const page = tab([fed(['ok']).destination], { messages: ten });
      await page.run();
      expect([...page.storage.view().keys()].filter((key) => key.includes('lease'))).toEqual([]);
    });
  });

  test('a wake resolves when what waited was sent', async () => {
    const page = tab([fed(['ok']).destination], { messages: ten });
    const woken = page.wake();
    await page.wait(0);
    await woken;
    expect(page.left()).toEqual([]);
  });

  test('a storage that fails throws nothing at the page', async () => {
    const storage = { ...mapStorage(), change: () => Promise.reject(new Error('erased')) };
    const silent: Told = { sent: () => {}, delivered: () => {}, dropped: () => {} };
    const page = delivery(storage, [fed(['ok']).destination], true, silent, STAYS);
    await expect(page.wake()).resolves.toBeUndefined();
  });
});

describe('what is on its way', () => {
  test('is told before its answer, each request once', async () => {
    const page = tab([fed(['ok', new Error('500'), 'ok']).destination], { messages: ten.slice(0, 3) });
    await page.run();
    expect(page.onWay).toEqual(['server m0', 'server m1 m2']);
    await page.wait(1000);
    expect(page.onWay).toEqual(['server m0', 'server m1 m2', 'server m1', 'server m2']);
  });

  test('is told when the page leaves, too', async () => {
    const page = tab([fed(['ok']).destination], { messages: ten.slice(0, 2) });
    await page.storage.change(() => {});
    page.leave();
    expect(page.onWay).toEqual(['server m0 m1']);
  });
});

describe('standing', () => {
  test('is at the beginning where nothing was tried', () => {
    expect(standing(new Map() as View, fed(['ok']).destination)).toEqual({ tries: 0, until: 0 });
  });

  describe('a batch of which some were taken', () => {
    const takes =
      (n: number, cause: unknown): Result =>
      (messages) => {
        throw new Partly(messages.slice(0, n), cause);
      };

    test('is kept but for these', async () => {
      const { destination, ids } = fed(['ok', takes(2, new Error('busy')), 'ok']);
      const page = tab([destination], { messages: ten.slice(0, 5) });
      await page.run(MINUTE);
      expect(ids()).toEqual(['m0', 'm1 m2 m3 m4', 'm3', 'm4']);
      expect(page.told).toEqual(['server took m0', 'server took m1 m2', 'server took m3', 'server took m4']);
    });

    test('loses the one that was refused alone, and brings the others through', async () => {
      const alone: Result = (messages) => {
        const bad = messages.findIndex(({ messageId }) => messageId === 'm2');
        if (bad === 0) return new Refused('status 400');
        if (bad > 0) throw new Partly(messages.slice(0, bad), new Refused('status 400'));
        return 'ok';
      };
      const page = tab([fed([alone]).destination], { messages: ten.slice(0, 5) });
      await page.run(MINUTE);
      expect(page.left()).toEqual([]);
      expect(tally(page.storage.view())).toMatchObject({ delivered: 4, dropped: { refused: 1 } });
    });
  });

  describe('what a destination works through', () => {
    test('is waited for without a failure, and while the page leaves', async () => {
      let there = false;
      const { destination, ids } = fed(['ok'], { ready: () => there });
      const page = tab([destination], { messages: ten.slice(0, 2) });
      await page.run(HOUR);
      page.leave();
      expect(ids()).toEqual([]);
      expect(page.standing()).toEqual({ tries: 0, until: 0 });
      there = true;
      await page.run();
      expect(ids()).toEqual(['m0', 'm1']);
    });

    test('may throw where it is looked at: it is not there', async () => {
      const { destination, ids } = fed(['ok'], {
        ready: () => {
          throw new Error('vendor');
        },
      });
      const page = tab([destination], { messages: [message('a')] });
      await page.run(MINUTE);
      expect(ids()).toEqual([]);
      expect(page.left()).toEqual(['a']);
    });
  });

  describe('a destination that knows only whoever has the page', () => {
    const present = { visitor: () => 'V2', consent: () => 'granted' as const };

    test('gets nothing of anybody else, and that is counted', async () => {
      const { destination, ids } = fed(['ok'], { here: true });
      const page = tab([destination], {
        messages: [message('a'), message('b', { anonymousId: 'V2' })],
        present,
      });
      await page.run();
      expect(ids()).toEqual(['b']);
      expect(page.told).toEqual(['server lost a: another person', 'server took b']);
      expect(tally(page.storage.view()).to.server).toEqual({
        delivered: 1,
        dropped: { 'another person': 1 },
      });
    });

    test('keeps what waits where nobody can say who has the page', async () => {
      const { destination, ids } = fed(['ok'], { here: true });
      const nobody = { visitor: () => '', consent: () => 'granted' as const };
      const page = tab([destination], { messages: [message('a')], present: nobody });
      await page.run();
      expect(ids()).toEqual([]);
      expect(page.left()).toEqual(['a']);
    });

    test('gets nothing in leaving: its own request would not outlive the page', async () => {
      const { destination, ids } = fed(['ok'], { here: true });
      const page = tab([destination], { messages: [message('b', { anonymousId: 'V2' })], present });
      page.leave();
      expect(ids()).toEqual([]);
      expect(page.left()).toEqual(['b']);
    });
  });

  describe('a consent of its own', () => {
    const asked = (state: () => ConsentState) => ({ visitor: () => 'V1', consent: state });

    test('that is pending keeps what waits, also while the page leaves', async () => {
      let state: ConsentState = 'pending';
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { messages: [message('a')], present: asked(() => state) });
      await page.run(HOUR);
      page.leave();
      expect(ids()).toEqual([]);
      state = 'granted';
      await page.run();
      expect(ids()).toEqual(['a']);
    });

    test('that is denied drops what waits, and counts it', async () => {
      const { destination, ids } = fed(['ok']);
      const page = tab([destination], { messages: ten, present: asked(() => 'denied') });
      await page.run();
      page.leave();
      expect(ids()).toEqual([]);
      expect(page.left()).toEqual([]);
      expect(tally(page.storage.view()).to.server).toEqual({ delivered: 0, dropped: { 'no consent': 10 } });
    });

    test('holds up no other destination', async () => {
      const [one, other] = [fed(['ok']), fed(['ok'], { name: 'other' })];
      const page = tab([one.destination, other.destination], {
        messages: [message('a')],
        present: { visitor: () => 'V1', consent: ({ name }) => (name === 'server' ? 'denied' : 'granted') },
      });
      await page.run();
      expect(other.ids()).toEqual(['a']);
    });
  });

  describe('the site’s choices for a destination', () => {
    test('send what is of nobody known, where it says so', async () => {
      const [one, other] = [fed(['ok']), fed(['ok'], { name: 'other', routing: { anonymous: 'send' } })];
      const page = tab([one.destination, other.destination], {
        messages: [message('a', { userId: undefined })],
      });
      await page.run();
      expect([one.ids(), other.ids()]).toEqual([[], ['a']]);
    });

    test('are in what is finished, sent, sent in leaving, and told', async () => {
      const routing = { properties: ['topic'], email: 'none' as const };
      const full = (id: string) => message(id, { properties: { topic: 'sizing', order_id: 'A-1' } });
      const lean = (id: string) => ({ ...full(id), properties: { topic: 'sizing' }, userId: undefined });
      const prepared: Message[] = [];
      const { destination, sent } = fed(['ok'], {
        routing,
        prepare: async (one) => {
          prepared.push(one);
          return one;
        },
      });
      const page = tab([destination], { messages: [full('a')] });
      await page.run();
      await page.put(full('b'));
      page.leave();
      await page.wait(0);
      expect(prepared[0]).toEqual(lean('a'));
      expect(sent.map(({ messages }) => messages[0])).toEqual([lean('a'), lean('b')]);
    });
  });

  test('leaves out who takes no messages', async () => {
    const page = tab([{ name: 'shows', show() {} }], { messages: [message('a')] });
    await page.run(MINUTE);
    expect(faults.counts.shows).toBeUndefined();
    expect(page.left('shows')).toEqual(['a']); // nobody asks
  });
});
