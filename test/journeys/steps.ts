// What several stories do and see.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Shop, Tab, Visitor } from '../browser/harness.ts';

/** A message as the collector took it, or as it waits in the database. */
export type Told = Record<string, any>;

/** Nothing in it: `{}` itself matches any object. */
export const NOTHING = expect.toSatisfy((value: object) => !Object.keys(value).length, 'has nothing in it');

/** Calls chatstone on a page, without a gesture. */
export const call = (tab: Tab, name: string, ...rest: unknown[]): Promise<any> =>
  tab.run((name, rest) => (window as any).chatstone(name, ...rest), name, rest);

/** The event of a track, the type of what is none. */
export const nameOf = ({ event, type }: Told): string => event ?? type;

/** What arrived, by name, each messageId once, in the order of arrival. */
export const arrived = (shop: Shop): string[] => shop.collector.messages().map(nameOf);

/** The milestones that arrived, each once. */
export const tracks = (shop: Shop): Told[] =>
  shop.collector.messages().filter(({ type }) => type === 'track');

/** What the page thinks of consent. */
export const consentState = async (tab: Tab): Promise<string> => (await call(tab, 'status')).consent.state;

/** A conversation begins, told by the page itself. */
export const startChat = (tab: Tab, conversation: string): Promise<unknown> =>
  call(tab, 'milestone', 'chat_first_message_sent', { conversation_id: conversation });

/** The rows of chatstone's database whose key begins so, in their order. */
export async function rows(tab: Tab, prefix = ''): Promise<[string, any][]> {
  const { chatstone } = (await tab.storage()).indexedDB;
  const all = (chatstone?.['chatstone'] ?? []) as [string, any][];
  return all.filter(([key]) => key.startsWith(prefix));
}

/** The messages that wait for Customer.io, oldest first. */
export const queued = async (tab: Tab): Promise<Told[]> =>
  (await rows(tab, 'q/customerio/')).map(([, { message }]) => message);

/** Time in which what should not happen would have happened. */
export const aWhile = () => delay(1500);

/** Does something and tells between which moments of the page's clock it was done. */
export async function during(tab: Tab, work: () => Promise<unknown>): Promise<[from: number, to: number]> {
  const clock = () => tab.run(() => Date.now());
  const from = await clock();
  await work();
  return [from, await clock()];
}

/** A message happened within a span of the clock. */
export function expectWithin({ timestamp }: Told, [from, to]: readonly [number, number]): void {
  expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(from);
  expect(Date.parse(timestamp)).toBeLessThanOrEqual(to);
}

/** Every try of a message is the first one again, save sentAt and a userId that came once. Returns the tries by messageId. */
export function expectSameOnEveryTry(shop: Shop): Map<string, Told[]> {
  const tries = new Map<string, Told[]>();
  for (const { messages } of shop.collector.requests())
    for (const message of messages)
      tries.set(message.messageId, [...(tries.get(message.messageId) ?? []), message]);
  for (const [first, ...rest] of tries.values()) {
    let { userId } = first!;
    for (const again of rest) {
      userId ??= again.userId;
      expect({ ...again, sentAt: 0 }).toEqual({ ...first, ...(userId && { userId }), sentAt: 0 });
    }
  }
  return tries;
}

const turn = (tab: Tab, state: DocumentVisibilityState) =>
  tab.run((state) => {
    Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);

/** The visitor turns to another tab; what the test drives is always in front. */
export const hide = (tab: Tab): Promise<void> => turn(tab, 'hidden');
/** The visitor turns back. */
export const show = (tab: Tab): Promise<void> => turn(tab, 'visible');

/** In the page, before all else (`inline`): notes every write to storage as text, in the task in which it happens. */
export function noteWrites(): void {
  const writes: string[] = [];
  Object.assign(window, { writes });
  const watch = (owner: any, name: string, where: string) => {
    const real = owner[name];
    owner[name] = function (...args: unknown[]) {
      writes.push(`${where} ${JSON.stringify(args)}`);
      return real.apply(this, args);
    };
  };
  watch(IDBFactory.prototype, 'open', 'indexedDB');
  watch(IDBObjectStore.prototype, 'put', 'indexedDB');
  watch(IDBObjectStore.prototype, 'add', 'indexedDB');
  watch(Storage.prototype, 'setItem', 'storage');
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(text: string) {
      writes.push(`cookie ${text}`);
      cookie.set!.call(this, text);
    },
  });
}

/** What `noteWrites` has noted on this page. */
export const writes = (tab: Tab): Promise<string[]> => tab.run(() => (window as any).writes);

/** Customer.io's client as it is loaded on demand. */
export const CLIENT = '/dist/chatstone-customerio.js';

/** Every message that passes through that client bears a mark of its own, `context.passed`; until the browser ends. */
export const markPassing = (visitor: Visitor): Promise<unknown> =>
  visitor.browser().route(`**${CLIENT}`, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `
        import { load as real } from '${CLIENT}?real';
        const mark = (kind) => (context) => {
          context.updateEvent('context.passed', kind + ' ' + crypto.randomUUID());
          return context;
        };
        export async function load(writeKey) {
          const client = await real(writeKey);
          const plugin = { name: 'mark', type: 'enrichment', version: '1', isLoaded: () => true, load: async () => {} };
          await client.register({ ...plugin, track: mark('track'), identify: mark('identify') });
          return client;
        }`,
    }),
  );
