// What every consent platform has to do, asked through its fake.
import { afterEach, expect, test, vi } from 'vitest';
import { consent } from '../../src/core/consent.ts';
import type { Consent, ConsentState } from '../../src/core/types.ts';

export interface Fake {
  load(): void;
  answer(yes: boolean): void;
  uninstall(): void;
}
export type Install = (window: any, options?: any) => Fake;

export const calm = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A platform as the core holds it, on a page that has loaded. */
export function hold(one: Consent) {
  const states: ConsentState[] = [];
  const permission = consent(one.name, [one], (state) => states.push(state));
  permission.look();
  return { ...permission, states };
}

export function testConsent(make: () => Consent, install: Install): void {
  let fake: Fake;
  const start = async (options?: object) => {
    fake = install(window, options);
    const held = hold(make());
    await calm();
    held.look();
    return held;
  };
  afterEach(() => {
    fake?.uninstall();
    vi.restoreAllMocks();
  });

  test('shows no sign on a page without it', () => {
    expect(make().sign()).toBe(false);
  });
  test('shows a sign before it has loaded, and is waited for', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const held = await start({ late: true });
    expect(make().sign()).toBe(true);
    expect(held.states).toEqual([]);
    fake.load();
    held.look();
    await calm();
    fake.answer(true);
    expect(held.states).toEqual(['granted']);
  });
  test('is pending until the banner is answered', async () => {
    const held = await start();
    expect(held.states).toEqual([]);
    fake.answer(false);
    expect(held.states).toEqual(['denied']);
  });
  test('tells each change of mind', async () => {
    const held = await start();
    for (const yes of [true, false, true]) fake.answer(yes);
    expect(held.states).toEqual(['granted', 'denied', 'granted']);
  });
  test.each([
    [true, 'granted'],
    [false, 'denied'],
  ])('remembers the answer %j', async (remembered, state) => {
    expect((await start({ remembered })).states).toEqual([state]);
  });
  test('grants where no consent is needed', async () => {
    expect((await start({ free: true })).states).toEqual(['granted']);
  });
  test('tells nothing after it was stopped', async () => {
    const held = await start();
    held.stop();
    fake.answer(true);
    expect(held.states).toEqual([]);
  });
}
