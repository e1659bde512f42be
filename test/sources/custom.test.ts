import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/widgets/custom.js';
import type { Signal } from '../../src/core/types.ts';
import { custom } from '../../src/sources/custom.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;
const said = vi.spyOn(console, 'error').mockImplementation(() => {});

describe('custom', () => {
  testSource(custom, install, {
    globals: [],
    names: ['chatstone'],
    site: {
      register: (handler) => window.addEventListener('chatstone', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 4,
    bot: 'bot',
    words: true,
    always: true,
  });

  const one = hold(custom());
  beforeEach(() => {
    one.look();
    said.mockClear();
  });
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
  });
  const tell = (detail: unknown, target: EventTarget = window) =>
    target.dispatchEvent(new CustomEvent('chatstone', { detail }));
  const lines = () => said.mock.calls.map(([line]) => String(line));

  const told: [string, object, Signal][] = [
    ['an opening', { type: 'opened' }, { type: 'opened' }],
    ['a line of a bot', { type: 'message', from: 'bot' }, { type: 'message', from: 'bot' }],
    [
      'the conversation and the time',
      { type: 'ended', conversation: 7, at: 1795000000 },
      { type: 'ended', conversation: '7', at: '1795000000' },
    ],
    [
      'who took it',
      { type: 'assigned', agent: 'a-7', team: ' Care ' },
      { type: 'assigned', agent: 'a-7', team: 'Care' },
    ],
    ['that somebody took it', { type: 'assigned' }, { type: 'assigned' }],
    ['a topic', { type: 'topic', topic: 'Shipping' }, { type: 'topic', topic: 'Shipping' }],
    [
      'a rating from 1 to 5 where it names no scale',
      { type: 'rated', score: 4 },
      { type: 'rated', score: 4, worst: 1, best: 5 },
    ],
    [
      'a rating on its own scale',
      { type: 'rated', score: 0, worst: 0, best: 1 },
      { type: 'rated', score: 0, worst: 0, best: 1 },
    ],
    ['a person', { type: 'person', email: ' Ada@Example.com' }, { type: 'person', email: 'ada@example.com' }],
  ];
  for (const [what, detail, signal] of told)
    test(`tells ${what}`, () => {
      tell(detail);
      expect(one.take()).toEqual([signal]);
      expect(lines()).toEqual([]);
    });

  test('tells what it is handed late as it was then: the time, unless it names one, and the gesture', () => {
    const then = { at: 1_795_000_000_000, gesture: true };
    const late = hold(
      custom((hear) => {
        hear({ ...then, detail: { type: 'opened' } });
        hear({ ...then, detail: { type: 'opened', at: undefined }, gesture: false });
        hear({ at: then.at, detail: { type: 'opened', gesture: true } });
        hear({ ...then, detail: { type: 'ended', at: 1_794_999_000 } });
        return () => {};
      }),
    );
    late.look();
    late.stop();
    const at = '1795000000000';
    expect(late.take()).toEqual([
      { type: 'opened', at, gesture: true },
      { type: 'opened', at, gesture: false },
      { type: 'opened', at },
      { type: 'ended', at: '1794999000' },
    ]);
  });

  test('copies nothing that it does not know', () => {
    const more = { password: 'canary', by: 'site', id: 'canary', traits: { a: 'canary' }, raw: 'canary' };
    for (const [, detail] of told) tell({ ...detail, ...more });
    expect(JSON.stringify(one.signals)).not.toMatch(/canary|site/);
    expect(one.take()).toHaveLength(told.length);
  });

  test('hands over the words of the visitor and of nobody else', () => {
    for (const from of ['visitor', 'agent', 'bot', 'system'])
      tell({ type: 'message', from, text: `${from} said` });
    tell({ type: 'topic', topic: 'Shipping', from: 'visitor', text: 'canary' });
    tell({ type: 'message', from: 'visitor', text: { toString: () => 'canary' } });
    expect(one.texts.filter((text) => text !== undefined)).toEqual(['visitor said']);
    expect(JSON.stringify(one.take())).not.toMatch(/said|canary/);
  });

  test('takes a type that it does not know for nothing', () => {
    for (const type of ['canary', 'toString', 'constructor', '', 5, undefined, null, {}, ['opened']])
      tell({ type });
    for (const detail of [undefined, null, 'opened', ['opened']]) tell(detail);
    expect(one.take()).toEqual([]);
  });

  const lacking: [object, RegExp][] = [
    [{ type: 'message' }, /message needs from: visitor agent bot system$/],
    [{ type: 'message', from: 'canary' }, /message needs from/],
    [{ type: 'message', from: ['agent'] }, /message needs from/],
    [{ type: 'topic', topic: { canary: 1 } }, /topic needs topic$/],
    [{ type: 'rated', score: '4' }, /rated needs score, worst, best$/],
    [{ type: 'rated', score: Number.NaN }, /rated needs score/],
    [{ type: 'rated', score: 4, worst: 1, best: 'canary' }, /rated needs score/],
    [{ type: 'person', email: 'canary at home' }, /person needs email, phone, name$/],
    [{ type: 'person', name: 5n }, /person needs email/],
  ];
  test('says once what to write, never what was written, and tells nothing of it', async () => {
    vi.resetModules(); // a page anew: what was said is said again
    const fresh = hold((await import('../../src/sources/custom.ts')).custom());
    fresh.look();
    one.stop();
    for (const detail of [{ type: 'canary' }, 'canary', ...lacking.flatMap(([one]) => [one, one])])
      tell(detail);
    expect(fresh.take()).toEqual([]);
    fresh.stop();
    expect(lines()[0]).toBe(
      '[chatstone] the event chatstone: write detail.type as one of opened, message, assigned, topic, ended, rated, person',
    );
    for (const [, line] of lacking) expect(lines().filter((said) => line.test(said))).toHaveLength(1);
    expect(lines()).toHaveLength(5);
    expect(lines().join()).not.toContain('canary');
  });

  test('hears the document, and an element, as it hears the window', () => {
    for (const target of [window, document, document.body]) {
      const fake = install(page, { target });
      fake.open();
      expect(one.take()).toEqual([{ type: 'opened', widget: 'our-chat' }]);
      fake.uninstall();
    }
  });

  test('survives fields of every wrong shape', () => {
    const thrower = new Proxy(
      {},
      {
        get() {
          throw new Error('a getter that throws');
        },
      },
    );
    const wrong = [null, undefined, true, [], {}, thrower, () => 'x', 'a'.repeat(1_000_000), Symbol('x'), 5n];
    for (const type of ['opened', 'message', 'assigned', 'topic', 'ended', 'rated', 'person'])
      for (const value of wrong)
        tell({
          type,
          from: 'visitor',
          conversation: value,
          at: value,
          agent: value,
          team: value,
          topic: value,
          score: value,
          worst: value,
          best: value,
          email: value,
          name: value,
          phone: value,
        });
    for (const signal of one.take()) {
      const { type, from, ...rest } = signal as any;
      expect(Object.values(rest).filter((value) => value !== undefined)).toEqual([]);
    }
  });
});
