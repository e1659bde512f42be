// @vitest-environment node
// Everything that can go wrong, one thing at a time: each step of a story fails once, hangs once, or is its page's last.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/core/types.ts';
import { type Boot, pageCode, tidy } from '../walk/page-code.ts';
import { MINUTE, SECOND } from './builders.ts';
import {
  type Decide,
  type Fact,
  type Fate,
  type FaultyDevice,
  faultyDevice,
  nameOf,
  type Tab,
} from './faulty-device.ts';

let boot: Boot;
beforeAll(async () => {
  boot = await pageCode('tawk');
}, 60_000);
afterAll(tidy);

const ADA = 'ada@example.com';
const BEA = 'bea@example.com';
const opened = (conversation: string): Fact => ({ event: 'chat_opened', conversation });
const wrote = (conversation: string): Fact => ({ event: 'chat_first_message_sent', conversation });
const replied = (conversation: string): Fact => ({ event: 'chat_agent_replied', conversation });
const resolved = (conversation: string): Fact => ({ event: 'chat_resolved', conversation });

/** What a person does with two tabs, told by the step. A page that died is followed by another. */
async function story(decide: Decide, hasLocks = true): Promise<FaultyDevice> {
  const device = faultyDevice(boot, 1, hasLocks, decide);
  let tab = device.open();
  const living = () => (tab.page.alive() ? tab : (tab = device.open()));
  device.tell(tab, opened('a')); // the database is not open yet
  await device.rest();
  device.tell(living(), wrote('a'));
  await device.rest();
  living().chatstone.identify({ email: ADA });
  await device.pass(SECOND);
  device.tell(living(), replied('a'));
  tab.page.leave();
  tab.die(); // in the same task
  await device.pass(20);
  tab = device.open();
  device.tell(tab, resolved('a'));
  const second = device.open();
  device.tell(second, opened('b'));
  await device.pass(20 * SECOND);
  await recover(device, [tab, second]);
  return device;
}

/** The old pages go; a new one comes on a fine day, and stays for a while. */
async function recover(device: FaultyDevice, tabs: readonly Tab[]): Promise<void> {
  device.calm();
  for (const { page, die } of tabs) {
    if (page.alive()) page.leave();
    die();
  }
  await device.pass(20);
  const last = device.open();
  last.chatstone.identify({ email: ADA });
  await device.pass(10 * MINUTE);
  last.die();
  await device.rest();
}

/** What does not add up. */
async function complaints(device: FaultyDevice): Promise<string[]> {
  const rows = await device.rows();
  const found: string[] = [];
  const recorded: Message[] = [...rows].flatMap(([key, { message }]) =>
    key.startsWith('q/') ? [message] : [],
  );
  const ids = new Map<string, Set<string>>(); // of each fact
  const first: string[] = []; // facts in the order in which they first arrived
  for (const { event, properties, messageId } of [...device.arrived, ...recorded]) {
    if (!event) continue;
    const name = `${event} of ${properties!.conversation_id}`;
    ids.set(name, (ids.get(name) ?? new Set()).add(messageId));
    if (!first.includes(name)) first.push(name);
  }
  for (const [name, all] of ids) if (all.size > 1) found.push(`${name} has ${all.size} ids`);

  const { dropped = {} } = rows.get('tally') ?? {};
  const counted = Object.values<number>(dropped).reduce((sum, one) => sum + one, 0);
  const missing = device.told.filter((fact) => !ids.has(nameOf(fact)));
  // What builds upon a fact that is lost may be no news any more.
  const gone = device.told.filter(device.mayBeLost).map(({ conversation }) => conversation);
  const lost = missing.filter(({ conversation }) => !gone.includes(conversation));
  if (lost.length > counted) found.push(`lost: ${lost.map(nameOf).join(', ')}; dropped: ${counted}`);
  if (counted > missing.length) found.push(`${counted} dropped, ${missing.length} missing`);

  for (const conversation of new Set(device.told.map((fact) => fact.conversation))) {
    const order = (names: readonly string[]) =>
      names.filter((name) => name.endsWith(` of ${conversation}`)).join(', ');
    const wanted = order([...new Set(device.told.map(nameOf))].filter((name) => ids.has(name)));
    // Memory stood in for one tab, which knows not what another has in the database.
    if (order(first) !== wanted && !device.memoryMay()) found.push(`order: ${order(first)}`);
  }
  const left = [...rows.keys(), ...device.notes()].filter((key) => /(^|:)(in|asis)\//.test(key));
  if (left.length) found.push(`left behind: ${left.join(', ')}`);
  return found;
}

// ——— at random

const TABS = 2;
const CONVERSATIONS = 3; // of a tab
const STORY = [opened, wrote, replied, resolved];

const tabs = fc.nat(TABS - 1);
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('tell'), tab: tabs, n: fc.nat(CONVERSATIONS - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('wait'),
      n: fc.constantFrom(0, 0, 5, SECOND, 3 * SECOND, 20 * SECOND, 40 * SECOND, 6 * MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('identify'), tab: tabs, n: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('leave', 'crash', 'hide', 'flush'), tab: tabs }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('offline', 'online') }) },
);
type Action = { what: string; tab?: number; n?: number };
/** Something that happens on a device on which so many steps go wrong at most. */
const planWith = (maxLength: number) =>
  fc.record({
    seed: fc.nat(),
    hasLocks: fc.boolean(),
    /** Several people take turns; each fact stands alone, for nobody takes a talk along. */
    people: fc.boolean(),
    /** After so many steps that go well, the next one that can goes so. */
    faults: fc.array(
      fc.record({ after: fc.nat(80), fate: fc.constantFrom<Fate[]>('fails', 'hangs', 'dies') }),
      { maxLength },
    ),
    actions: fc.array<Action>(action, { minLength: 1, maxLength: 25 }),
  });
type Plan = ReturnType<typeof planWith> extends fc.Arbitrary<infer T> ? T : never;

async function live({ seed, hasLocks, people, faults, actions }: Plan): Promise<FaultyDevice> {
  const left = faults.map((one) => ({ ...one }));
  const device = faultyDevice(boot, seed, hasLocks, ({ name, fates }) => {
    const next = left[0];
    if (people && name === 'open' && next?.fate !== 'dies') return undefined; // memory knows nobody whom another tab names
    if (!next || next.after-- > 0 || !fates.includes(next.fate)) return undefined;
    left.shift();
    return next.fate;
  });
  const open: (Tab | undefined)[] = [];
  const used: Tab[] = [];
  const living = (at: number) => {
    const tab = open[at]?.page.alive() ? open[at] : device.open();
    if (tab !== open[at]) used.push(tab);
    open[at] = tab;
    return tab;
  };
  if (people) {
    living(0).chatstone.identify({ email: ADA });
    await device.pass(SECOND);
  }
  const progress = new Map<string, number>();
  for (const { what, tab: at = 0, n = 0 } of actions) {
    if (what === 'tell') {
      const conversation = `${at}${n}`;
      const count = progress.get(conversation) ?? 0;
      progress.set(conversation, count + 1);
      if (people) device.tell(living(at), wrote(`${conversation}-${count}`));
      else if (count < STORY.length) device.tell(living(at), STORY[count]!(conversation));
    } else if (what === 'wait') await device.pass(n);
    else if (what === 'identify') living(at).chatstone.identify({ email: people && n ? BEA : ADA });
    else if (what === 'flush') void living(at).chatstone.flush();
    else if (what === 'offline') device.offline(true);
    else if (what === 'online') device.offline(false);
    else if (open[at]?.page.alive()) {
      if (what !== 'crash') open[at].page.leave();
      if (what !== 'hide') open[at].die();
    }
  }
  await recover(device, used);
  return device;
}

const { FC_SEED, FC_PATH, FC_FAULTS = '1', CI } = process.env;
const LIMIT = 24 * SECOND; // for all of it
const seeds: [seed: number, faults: number][] = FC_SEED
  ? [[Number(FC_SEED), Number(FC_FAULTS)]]
  : [
      [2, 6],
      [Date.now() % 2 ** 31, 1],
    ];

describe('faults', () => {
  test('none: all is told, in order', async () => {
    const device = await story(() => undefined);
    expect(await complaints(device)).toEqual([]);
    const facts = device.arrived.filter(({ event }) => event);
    expect(new Set(facts.map(({ messageId }) => messageId)).size).toBe(device.told.length);
    await device.stop();
  });

  test.each(['fails', 'hangs', 'dies'] as const)(
    'a step %s: nothing is lost, nothing doubled',
    async (fate) => {
      const { steps } = await story(() => undefined);
      const found: string[] = [];
      for (const [n, { name, fates }] of steps.entries()) {
        if (!fates.includes(fate)) continue;
        const device = await story((_, at) => (at === n ? fate : undefined));
        for (const complaint of await complaints(device)) found.push(`${n} ${name} ${fate}: ${complaint}`);
        await device.stop();
      }
      expect(found).toEqual([]);
    },
    240_000,
  );

  test.each(seeds)(
    'at random, from seed %i, with %i faults at most: nothing is lost, nothing doubled',
    async (seed, most) => {
      const property = fc.asyncProperty(planWith(most), async (one) => {
        const device = await live(one);
        const found = await complaints(device);
        await device.stop();
        if (found.length) throw new Error(found.join('\n'));
      });
      const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = await fc.check(
        property,
        {
          seed,
          path: FC_PATH,
          // On a build server as many on any day, however fast it is.
          numRuns: CI || most > 1 ? 100 : 100_000,
          interruptAfterTimeLimit: CI ? 4 * LIMIT : LIMIT,
          markInterruptAsFailure: false,
        },
      );
      if (failed)
        throw new Error(
          [
            (errorInstance as Error).message,
            JSON.stringify(counterexample![0]),
            `Again: FC_SEED=${seed} FC_FAULTS=${most} FC_PATH=${counterexamplePath} npx vitest run --project unit test/core/faults.test.ts -t random`,
          ].join('\n'),
        );
      expect(numRuns).toBeGreaterThan(0);
    },
    240_000,
  );
});
