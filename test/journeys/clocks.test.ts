import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, openShop, SECOND, type Shop, type Tab, until } from '../browser/harness.ts';
import { DAY, jump, jumpy } from './device-clock.ts';
import { arrived, call, expectSameOnEveryTry, NOTHING, nameOf, rows, tracks } from './steps.ts';

const ADA = 'ada@example.com';

const happens = (tab: Tab, ...events: string[]) =>
  tab.run((events) => {
    for (const event of events) (window as any).chatstone('milestone', event, { conversation_id: 'red' });
  }, events);

const untilArrived = (shop: Shop, count: number) =>
  until(() => tracks(shop).length >= count, `milestone number ${count}`, 30 * SECOND);

/** In the order in which they happened, and their times do not go back. */
function expectInOrder(shop: Shop, events: readonly string[]) {
  expect(tracks(shop).map(nameOf)).toEqual(events);
  const times = tracks(shop).map(({ timestamp }) => timestamp);
  expect(times).toEqual([...times].sort());
}

/** The collector corrects the times of a device by what it holds the hour of sending to be. */
function expectCorrected(shop: Shop, from: number, to: number) {
  for (const { correctedAt, receivedAt } of tracks(shop)) {
    expect(Date.parse(correctedAt)).toBeGreaterThanOrEqual(from - SECOND); // an answer takes its time
    expect(Date.parse(correctedAt)).toBeLessThanOrEqual(Math.min(to, Date.parse(receivedAt)) + SECOND);
  }
}

async function expectAllIsWell(shop: Shop, tab: Tab) {
  expectSameOnEveryTry(shop);
  expect(shop.collector.profiles()).toMatchObject({ conflicts: [], errors: [] });
  expect(shop.collector.requests().flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  await until(async () => !(await rows(tab, 'q/')).length, 'the queue is empty');
  expect(await call(tab, 'status')).toMatchObject({ dropped: NOTHING, errors: NOTHING });
}

describe('a device whose clock is off', () => {
  test.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
    ['forty days ahead', 40 * DAY],
  ])('by %s tells when things happened all the same', async (_, clock) => {
    const shop = await openShop({ script: { client: 'none' }, config: { user: { email: ADA } } });
    const visitor = await shop.visitor({ clock });
    const from = Date.now();
    let tab = await visitor.goto('/hats');
    await happens(tab, 'chat_opened', 'chat_first_message_sent');
    await untilArrived(shop, 2);
    tab = await visitor.goto('/socks');
    await happens(tab, 'chat_agent_replied', 'chat_resolved');
    await untilArrived(shop, 4);
    expectInOrder(shop, ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved']);
    expectCorrected(shop, from, Date.now());
    for (const { timestamp } of tracks(shop))
      expect(Math.abs(Date.parse(timestamp) - clock - Date.now())).toBeLessThan(MINUTE);
    await expectAllIsWell(shop, tab);
  });

  test('says with each try anew when it is sent', async () => {
    const shop = await openShop({
      script: { client: 'none', anonymous: 'send' },
      inline: 'Math.random = () => 0.999;', // the backoff takes as long as it may
    });
    shop.collector.weather([{ status: 500 }, { status: 500 }]);
    const tab = await (await shop.visitor({ clock: -DAY })).goto('/');
    const from = Date.now();
    await happens(tab, 'chat_opened');
    await until(async () => (await rows(tab, 'q/')).length, 'it is kept');
    const to = Date.now();
    await untilArrived(shop, 1);
    const sent = shop.collector.requests().map(({ body }) => JSON.parse(body).sentAt as string);
    expect(sent).toHaveLength(3);
    expect([...new Set(sent)].sort()).toEqual(sent);
    expectCorrected(shop, from, to);
    expect(Date.now() - to).toBeGreaterThan(2 * SECOND); // else nothing is shown
    expect(shop.collector.requests().every(({ messages }) => messages.length === 1)).toBe(true);
  });
});

describe('a clock that is set during a chat', () => {
  test.each([
    ['ten minutes back', -10 * MINUTE],
    ['an hour back', -HOUR],
    ['a day back', -DAY],
    ['a day forward', DAY],
  ])('%s: the order stays', async (_, by) => {
    const shop = await openShop({
      script: { client: 'none' },
      config: { user: { email: ADA } },
      inline: `(${jumpy})()`,
    });
    const visitor = await shop.visitor();
    let tab = await visitor.goto('/');
    await happens(tab, 'chat_opened', 'chat_first_message_sent');
    await untilArrived(shop, 2);
    await jump(tab, by);
    await happens(tab, 'chat_agent_replied');
    await untilArrived(shop, 3);
    tab = await visitor.goto('/socks');
    await happens(tab, 'chat_resolved');
    await untilArrived(shop, 4);
    expectInOrder(shop, ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved']);
    await until(async () => (await rows(tab, 'q/')).length === 0, 'what it means for the person follows');
    expect(shop.collector.profiles().profiles).toMatchObject([
      { email: ADA, traits: { open_support_case: false } },
    ]);
    await expectAllIsWell(shop, tab);
  });

  test.each([
    ['back', -DAY],
    ['forward', DAY],
  ])(
    '%s while a record waits to be tried again: it goes within seconds, before what comes later',
    async (_, by) => {
      const shop = await openShop({
        script: { client: 'none', anonymous: 'send' },
        inline: `(${jumpy})(); Math.random = () => 0.999;`,
      });
      shop.collector.weather([{ status: 500 }, { status: 500 }, { status: 500 }]);
      const visitor = await shop.visitor();
      let tab = await visitor.goto('/');
      await happens(tab, 'chat_opened');
      await until(async () => (await rows(tab, 'to/'))[0]?.[1].tries === 3, 'it has failed three times');
      await jump(tab, by);
      tab = await visitor.goto('/socks');
      await happens(tab, 'chat_first_message_sent');
      await untilArrived(shop, 2);
      expect(arrived(shop)).toEqual(['chat_opened', 'chat_first_message_sent']);
    },
  );
});

describe('daylight saving', () => {
  test.each([
    ['ends: an hour comes twice', '2026-10-25T01:00:00Z', [-120, -60]],
    ['begins: an hour is left out', '2026-03-29T01:00:00Z', [-60, -120]],
  ])('%s, and the chat goes on as ever', async (_, moment, zones) => {
    const shop = await openShop({
      script: { client: 'none' },
      config: { user: { email: ADA } },
      inline: `(${jumpy})()`,
    });
    const visitor = await shop.visitor({ clock: Date.parse(moment) - 10 * MINUTE - Date.now() });
    const tab = await visitor.goto('/');
    const session = await visitor.browser().newCDPSession(tab);
    await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Europe/Berlin' });
    const zone = () => tab.run(() => new Date().getTimezoneOffset());
    const seen = [await zone()];
    await happens(tab, 'chat_opened', 'chat_first_message_sent');
    await untilArrived(shop, 2);
    await jump(tab, 10 * MINUTE);
    seen.push(await zone());
    await happens(tab, 'chat_agent_replied', 'chat_resolved');
    await untilArrived(shop, 4);
    expect(seen).toEqual(zones);
    expectInOrder(shop, ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved']);
    const times = tracks(shop).map(({ timestamp }) => Date.parse(timestamp));
    expect(times.at(-1)! - times[0]!).toBeLessThan(20 * MINUTE);
    await expectAllIsWell(shop, tab);
  });
});
