// What every destination does alike, asked of it through what it works through: a server's answers, or a vendor's object.
import { describe, expect, test, vi } from 'vitest';
import type { Destination } from '../../src/core/types.ts';
import { Later, type Message, Misconfigured, Partly, type Profile, Refused } from '../../src/core/types.ts';

/** A milestone as the core hands it over. */
export const milestone = (n: number, parts: Partial<Message> = {}): Message => ({
  type: 'track',
  event: 'chat_first_message_sent',
  properties: { channel: 'live_chat', widget: 'tawk', conversation_id: `c-${n}`, topic: 'sizing' },
  messageId: `id-${n}`,
  timestamp: '2026-11-28T10:00:00.000Z',
  anonymousId: 'visitor-1',
  userId: 'ann@example.com',
  context: {
    page: { path: '/', url: 'https://shop.example/' },
    library: { name: 'chatstone', version: '0' },
  },
  ...parts,
});

/** What the core knows of the person, as an identify message. */
export const identification = (traits: Record<string, unknown>, parts: Partial<Message> = {}): Message => {
  const { event, properties, ...rest } = milestone(0, { messageId: 'identify-1', ...parts });
  return { ...rest, type: 'identify', traits };
};

export const PROFILE: Profile = {
  last_cart_value: 129.5,
  last_cart_category: 'jumpers',
  last_viewed_product: 'HAT-1',
  returns_page_visited: true,
  lifetime_orders: 3,
  last_chat_topic: 'sizing',
  open_support_case: true,
  cio_segment_cart_abandoner: true,
  cio_segment_cart_abandoner_entered_at: 1_796_000_000,
  cio_segment_vip: false,
};

/** The vendor's side of a destination, as its documentation tells it. */
export interface Vendor {
  /** What it was given so far, in the vendor's own shape. */
  taken(): unknown[];
  /** How it fares from now on: it takes, throws, says no to all (400), knows no such key (401), is busy, or never answers. */
  fares(how: 'well' | 'throws' | 'refuses' | 'unknown' | 'busy' | 'hangs'): void;
  /** Takes `n` more, then fails. */
  takes?(n: number): void;
  /** Puts it on the page, for vendors that live there. */
  arrive?(): void;
  /** Takes it from the page, and ends the fake. */
  leave(): void;
}

interface Suite {
  /** A destination and its vendor's side; where the vendor lives on the page it is not there yet. */
  make(): { destination: Destination; vendor: Vendor };
  /** What it cannot be asked: `refuses` where the vendor gives no such answer. */
  never?: readonly ('refuses' | 'unknown' | 'busy' | 'hangs' | 'throws')[];
}

const batch = [milestone(1), milestone(2), milestone(3)];
const how = { leaving: false };

/** Asks what all destinations have in common. */
export function testDestination(name: string, { make, never = [] }: Suite): void {
  describe(`${name} as a destination`, () => {
    const ready = () => {
      const made = make();
      made.vendor.arrive?.();
      return made;
    };
    const asked = (what: (typeof never)[number]) => !never.includes(what);
    const { destination: probe, vendor: side } = make();
    const [delivering, shows, halves] = [!!probe.deliver, !!probe.show, !!side.takes];
    side.leave();
    const ended = (work: (made: ReturnType<typeof make>) => Promise<void>) => async () => {
      const made = ready();
      try {
        await work(made);
      } finally {
        made.vendor.leave();
      }
    };

    test(
      'has its name',
      ended(async ({ destination }) => expect(destination.name).toBe(name)),
    );

    test('only looks until its vendor is on the page', async () => {
      const { destination, vendor } = make();
      if (vendor.arrive) {
        expect(destination.ready!()).toBeFalsy();
        vendor.arrive();
      }
      expect(destination.ready?.() ?? true).toBeTruthy();
      expect(vendor.taken()).toEqual([]);
      vendor.leave();
    });

    if (delivering) {
      test(
        'hands over a batch, in order, once',
        ended(async ({ destination, vendor }) => {
          await destination.deliver!(batch, how);
          const text = JSON.stringify(vendor.taken());
          const places = batch.map(({ messageId, properties }) =>
            Math.max(text.indexOf(messageId), text.indexOf(String(properties!.conversation_id))),
          );
          expect(places.every((place, i) => place > (places[i - 1] ?? -1))).toBe(true);
        }),
      );

      test(
        'sends the same again for the same messages',
        ended(async ({ destination, vendor }) => {
          const times = (text: string) => text.replace(/"sentAt":"[^"]*"/g, '');
          await destination.deliver!(batch, how);
          const first = times(JSON.stringify(vendor.taken()));
          await destination.deliver!(batch, how);
          const both = times(JSON.stringify(vendor.taken()));
          expect(both).toBe(`[${first.slice(1, -1)},${first.slice(1, -1)}]`);
        }),
      );

      test(
        'changes nothing of what it is given',
        ended(async ({ destination }) => {
          const before = JSON.stringify(batch);
          await destination.deliver!(batch, how);
          expect(JSON.stringify(batch)).toBe(before);
        }),
      );

      if (asked('throws'))
        test(
          'rejects where its vendor fails, and takes the same later',
          ended(async ({ destination, vendor }) => {
            vendor.fares('throws');
            await expect(destination.deliver!(batch, how)).rejects.toThrow();
            vendor.fares('well');
            await destination.deliver!(batch, how);
            expect(vendor.taken().length).toBeGreaterThan(0);
          }),
        );

      if (asked('hangs'))
        test(
          'gives up waiting for an answer',
          ended(async ({ destination, vendor }) => {
            vi.useFakeTimers();
            try {
              vendor.fares('hangs');
              const end = destination.deliver!(batch, how).then(
                () => 'taken',
                () => 'given up',
              );
              await vi.advanceTimersByTimeAsync(15_000);
              expect(await end).toBe('given up');
              expect(vendor.taken()).toEqual([]);
            } finally {
              vi.useRealTimers();
            }
          }),
        );

      if (asked('refuses'))
        test(
          'says which answer is a refusal',
          ended(async ({ destination, vendor }) => {
            vendor.fares('refuses');
            await expect(destination.deliver!(batch, how)).rejects.toBeInstanceOf(Refused);
          }),
        );

      if (asked('unknown'))
        test(
          'says which answer means a wrong set-up',
          ended(async ({ destination, vendor }) => {
            vendor.fares('unknown');
            await expect(destination.deliver!(batch, how)).rejects.toBeInstanceOf(Misconfigured);
          }),
        );

      if (asked('busy'))
        test(
          'says when to come again',
          ended(async ({ destination, vendor }) => {
            vendor.fares('busy');
            await expect(destination.deliver!(batch, how)).rejects.toBeInstanceOf(Later);
          }),
        );

      if (halves)
        test(
          'says what was taken where its vendor takes half',
          ended(async ({ destination, vendor }) => {
            vendor.takes!(2);
            const error = await destination.deliver!(batch, how).catch((error) => error);
            expect(error).toBeInstanceOf(Partly);
            expect(error.taken).toEqual(batch.slice(0, 2));
          }),
        );
    }

    if (shows)
      test(
        'shows what is known, and again what changed',
        ended(async ({ destination, vendor }) => {
          await destination.show!(PROFILE);
          const one = vendor.taken().length;
          expect(JSON.stringify(vendor.taken())).toContain('129.5');
          await destination.show!({ ...PROFILE, last_cart_value: 7.25 });
          expect(vendor.taken().length).toBeGreaterThan(one);
          expect(JSON.stringify(vendor.taken())).toContain('7.25');
        }),
      );
  });
}
