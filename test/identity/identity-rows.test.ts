// The rows of docs/identity.md, settled without a browser and taken by Customer.io as documented; then at random.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProfiles } from '../../demo/profiles.mjs';
import { tally } from '../../src/core/queue.ts';
import type { Strength } from '../../src/core/types.ts';
import { device, visitor } from '../core/builders.ts';
import { outcomeOf, ROWS } from './rows.mjs';

/** A device, and a Customer.io that takes at once what may go. */
function shop({ identifyBy = 'email', anonymous }: { identifyBy?: 'email' | 'id'; anonymous?: 'send' } = {}) {
  const hold = !anonymous;
  const page = device({ hold, identifyBy });
  const profiles = createProfiles({ now: page.now });
  const sent = new Set<string>();
  const deliver = () => {
    for (const key of [...page.view.keys()].filter((one) => one.startsWith('q/')).sort()) {
      const { message, free } = page.view.get(key);
      if (hold && !message.userId && !free) continue;
      expect(sent.has(message.messageId)).toBe(false);
      sent.add(message.messageId);
      const at = new Date(page.now()).toISOString();
      profiles.take({ ...message, receivedAt: at, correctedAt: at });
      page.view.delete(key);
    }
  };
  return {
    page,
    deliver,
    chat: (conversation: string) => page.hear(visitor({ conversation })),
    outcome() {
      const { profiles: people, anonymous: rest, errors } = profiles.list();
      const chats = (events: any[]) => events.map(({ properties }) => properties.conversation_id);
      return {
        people: Object.fromEntries(people.map(({ id, email, events }) => [id ?? email, chats(events)])),
        nobody: rest.flatMap(({ events }) => chats(events)),
        held: page.queue().filter(({ type }) => type === 'track').length,
        dropped: tally(page.view).dropped['replaced'] ?? 0,
        ignored: tally(page.view).ignored['weaker identity'] ?? 0,
        refused: errors.length > 0,
      };
    },
    traits: () =>
      Object.fromEntries(profiles.list().profiles.map(({ id, email, traits }) => [id ?? email, traits])),
  };
}

const email = (given?: string) => given?.toLowerCase();

describe('identity', () => {
  const withoutClient = ROWS.filter(({ steps }) => !steps.some(([what]) => /client|pixel/.test(what)));

  test.each(withoutClient.map((row) => [row.when, row.so, row] as const))('%s: %s', (_when, _so, row) => {
    const { page, chat, deliver, outcome, traits } = shop(row.options);
    for (const [what, first] of row.steps as [string, any][]) {
      if (what === 'chat') chat(first);
      else if (what === 'log-out') page.reset();
      else if (what === 'phone') page.say({ traits: { phone: first } }, 'widget');
      else if (typeof first === 'string') page.say({ email: email(first) }, what as Strength);
      else page.say(first, 'site');
      deliver();
    }
    expect(outcome()).toEqual(outcomeOf(row));
    expect(traits()).toMatchObject(row.traits ?? {});
  });

  test('at random: nothing on a wrong profile, nothing twice, nothing orphaned, no profile twice', () => {
    const PEOPLE = ['ann@example.com', 'ben@example.com', 'cay@example.com'];
    const ORDER: Strength[] = ['site', 'checkout', 'widget', 'form'];
    const step = fc.record({
      what: fc.constantFrom('chat', 'chat', 'chat', 'name', 'name', 'leave', 'wait'),
      who: fc.nat(PEOPLE.length - 1),
      by: fc.constantFrom(...ORDER),
      deliver: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), fc.boolean(), (steps, send) => {
        const { page, chat, deliver, outcome } = shop(send ? { anonymous: 'send' } : {});
        // Whose a chat is, as somebody who watches would write it down: one holder of the device after another.
        const holders: { email?: string; by?: Strength; chats: string[] }[] = [{ chats: [] }];
        let weak = 0;
        steps.forEach(({ what, who, by, deliver: now }, n) => {
          const holder = holders.at(-1)!;
          const address = PEOPLE[who]!;
          if (what === 'chat') {
            chat(`c${n}`);
            holder.chats.push(`c${n}`);
          } else if (what === 'leave') {
            page.reset();
            holders.push({ chats: [] });
          } else if (what === 'wait') page.wait(7 * 60_000);
          else {
            page.say({ email: address }, by);
            const stands = ORDER.indexOf(holder.by ?? 'form');
            if (!holder.email || holder.email === address) {
              if (!holder.email || ORDER.indexOf(by) < stands) holder.by = by;
              holder.email = address;
            } else if (ORDER.indexOf(by) > stands) weak++;
            else holders.push({ email: address, by, chats: [] });
          }
          if (now) deliver();
        });
        deliver();
        const last = holders.at(-1)!;
        const strangers = holders.filter(({ email: known }) => !known);
        const lost = strangers.filter((one) => one !== last).flatMap(({ chats }) => chats);
        const waiting = last.email ? [] : last.chats;
        const people: Record<string, string[]> = {};
        for (const { email: known, chats } of holders)
          if (known) people[known] = [...(people[known] ?? []), ...chats];
        const found = outcome();
        const sorted = (of: Record<string, string[]>) =>
          Object.fromEntries(Object.entries(of).map(([name, chats]) => [name, [...chats].sort()]));
        expect({ ...found, people: sorted(found.people), nobody: found.nobody.sort() }).toEqual({
          people: sorted(people),
          nobody: send ? [...lost, ...waiting].sort() : [],
          held: send ? 0 : waiting.length,
          dropped: send ? 0 : lost.length,
          ignored: weak,
          refused: false,
        });
      }),
      { numRuns: 1000 },
    );
  });
});
