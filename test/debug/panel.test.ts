// The panel in a page of its own, where the page or what was stored is not as one would wish.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Chatstone, Status } from '../../src/calls.ts';
import { KEY, panel } from '../../src/debug/panel.ts';
import { CHAT, message, NOON, status, step } from './told.ts';

type Listener = (detail: any) => void;
function chatstone(now: () => Status = status) {
  const listeners: Record<string, Listener[]> = {};
  const calls = {
    on: (name: string, listener: Listener) => {
      (listeners[name] ??= []).push(listener);
      return () => {
        listeners[name] = listeners[name]!.filter((one) => one !== listener);
      };
    },
    status: async () => now(),
    flush: async () => {},
    reset() {},
    milestone() {},
  };
  return {
    calls: calls as unknown as Chatstone,
    tell: (name: string, detail: any) => {
      for (const one of listeners[name] ?? []) one(detail);
    },
    listening: () => Object.values(listeners).flat().length,
  };
}
const host = () => document.querySelector('chatstone-panel')!;
const inside = (selector: string) => [...host().shadowRoot!.querySelectorAll<HTMLElement>(selector)];
const press = (name: string) =>
  inside('button')
    .find(({ textContent }) => textContent === name)!
    .click();
const kept = () => JSON.parse(sessionStorage.getItem(KEY)!);
const milestone = (name = 'chat_opened') => ({ ...message(name, NOON), name });

let close: (() => void) | undefined;
afterEach(() => {
  close?.();
  sessionStorage.clear();
  vi.restoreAllMocks();
});

describe('the panel', () => {
  test('takes over, back from the back/forward cache, what other pages of the tab have seen meanwhile', () => {
    const here = chatstone();
    close = panel(here.calls);
    here.tell('milestone', milestone());
    press('Start a trace');
    const there = kept();
    there.story.told.push({ ...there.story.told[0], messageId: 'there', name: 'chat_resolved' });
    there.traces[0].to = Date.now();
    sessionStorage.setItem(KEY, JSON.stringify(there));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    here.tell('milestone', { ...milestone('chat_assigned'), messageId: 'here' });
    expect(kept().story.told.map(({ name }: any) => name)).toEqual([
      'chat_opened',
      'chat_resolved',
      'chat_assigned',
    ]);
    expect(kept().traces[0].to).toBeDefined();
  });

  test('closes, back from that cache, where it was closed meanwhile', () => {
    const here = chatstone();
    close = panel(here.calls);
    sessionStorage.removeItem(KEY);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(host()).toBeNull();
    here.tell('milestone', milestone());
    expect(sessionStorage.getItem(KEY)).toBeNull();
  });

  test('keeps what it knows on a page whose arrays have a toJSON', () => {
    const arrays = Array.prototype as any;
    arrays.toJSON = function (this: unknown[]) {
      return `[${this.join()}]`; // Prototype.js 1.6
    };
    try {
      const here = chatstone();
      close = panel(here.calls);
      here.tell('milestone', milestone());
    } finally {
      delete arrays.toJSON;
    }
    expect(kept().story.told).toHaveLength(1);
  });

  test('stands again where the page has put another root in its place', async () => {
    vi.useFakeTimers();
    const here = chatstone();
    close = panel(here.calls);
    host().remove();
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    expect(host()).not.toBeNull();
  });

  test('throws nothing into the page where what it had kept is broken', async () => {
    const thrown = vi.fn();
    process.on('unhandledRejection', thrown);
    sessionStorage.setItem(
      KEY,
      JSON.stringify({
        story: { signs: [null, 7], told: [{}], pages: [{}], faults: [null] },
        traces: [null, { from: 1, to: 2 }],
      }),
    );
    const here = chatstone();
    close = panel(here.calls);
    here.tell('milestone', milestone());
    await new Promise((resolve) => setTimeout(resolve, 400));
    process.off('unhandledRejection', thrown);
    expect(thrown).not.toHaveBeenCalled();
    expect(inside('.pill span')[0]!.textContent).toBe('4 delivered');
  });

  test('is not stuck where the delivery at the end of a trace fails', async () => {
    const here = chatstone();
    here.calls.flush = async () => {
      throw new Error('no database');
    };
    const thrown = vi.fn();
    process.on('unhandledRejection', thrown);
    close = panel(here.calls);
    press('Start a trace');
    press('End the trace');
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', thrown);
    expect(thrown).not.toHaveBeenCalled();
    expect(inside('button.main')[0]!.hasAttribute('disabled')).toBe(false);
  });

  test('opened twice hears each thing once', () => {
    const here = chatstone();
    panel(here.calls);
    const once = here.listening();
    close = panel(here.calls);
    expect(here.listening()).toBe(once);
    expect(document.querySelectorAll('chatstone-panel')).toHaveLength(1);
  });

  test('remembers what the widget can tell, on a page on which it is not', async () => {
    const here = chatstone();
    close = panel(here.calls);
    press('Start a trace');
    const now = Date.now();
    const shift = (one: any) => JSON.parse(JSON.stringify(one).replaceAll(String(NOON), String(now)));
    for (const one of step(NOON, 'opened', ['chat_opened'])) here.tell(one.event, shift(one.detail));
    await new Promise((resolve) => setTimeout(resolve, 300)); // it draws
    // The checkout: the file of the widget is not loaded there.
    const { tawk: _, ...others } = status().widgets;
    const there = chatstone(() => status({ widgets: { ...others, tawk: { found: false, tells: [] } } }));
    close = panel(there.calls);
    let text = '';
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      text = (blob as any)[
        Object.getOwnPropertySymbols(blob).find((one) => one.description === 'buffer')!
      ].toString();
      return 'blob:x';
    });
    press('End the trace');
    await new Promise((resolve) => setTimeout(resolve, 200));
    press('JSON');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { milestones } = JSON.parse(text);
    expect(milestones.map(({ can }: any) => can)).toEqual([
      'yes',
      'inferred',
      'yes',
      'no',
      'yes',
      'no',
      'yes',
    ]);
  });

  test('asks the profile anew until all has arrived on it', async () => {
    const delivered: string[] = [];
    const here = chatstone(() => status());
    vi.spyOn(window, 'fetch').mockImplementation(async () =>
      Response.json({
        profiles: delivered.length
          ? [
              {
                email: 'ada@example.com',
                traits: status().traits,
                events: delivered.map((messageId) => ({ messageId })),
              },
            ]
          : [],
      }),
    );
    const early = CHAT.map((one: any) => one);
    const unsent = early.filter(({ event }) => !['sent', 'delivered'].includes(event));
    vi.useFakeTimers({ now: NOON - 500, toFake: ['Date'] });
    close = panel(here.calls, { early: unsent, profiles: '/api/profiles' });
    press('Start a trace');
    vi.setSystemTime(NOON + 30_000);
    press('End the trace');
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const one of early.filter(({ event }) => ['sent', 'delivered'].includes(event)))
      here.tell(one.event, one.detail);
    for (const one of unsent) if (one.event === 'milestone') delivered.push(one.detail.messageId);
    let text = '';
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      text = (blob as any)[
        Object.getOwnPropertySymbols(blob).find((one) => one.description === 'buffer')!
      ].toString();
      return 'blob:x';
    });
    press('JSON');
    await new Promise((resolve) => setTimeout(resolve, 100));
    vi.useRealTimers();
    expect(JSON.parse(text).checks.find(({ item }: any) => item === 'profile')).toMatchObject({
      passed: true,
    });
  });
});
