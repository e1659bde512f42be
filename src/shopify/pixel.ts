// Shopify's custom pixel, the only way into the checkout: https://shopify.dev/docs/api/web-pixels-api
// No script of the storefront runs there. The pixel runs in a sandboxed frame without an origin or storage of its own, and
// sees the shop's cookies through `browser` alone. It tells Customer.io who the visitor is, and hands that to the storefront.
import type { ExtensionApi, PixelEvents, RegisterInit } from '@shopify/web-pixels-extension';
import { VERSION } from '../core/version.ts';
import { Later, Misconfigured, Refused } from '../lib/answer.ts';
import { backoff } from '../lib/backoff.ts';
import { bareId } from '../lib/bare-id.ts';
import { email } from '../lib/email.ts';
import { faults, guard } from '../lib/guard.ts';
import { hash } from '../lib/hash.ts';
import { json } from '../lib/json.ts';
import { label } from '../lib/label.ts';
import { post } from '../lib/post.ts';
import { say } from '../lib/say.ts';

// The settings that the shop edits: rollup.config.mjs writes them on top of the file.
declare const WRITE_KEY: string;
declare const REGION: string;
declare const API_HOST: string;
declare const IDENTIFY_BY: string;
declare const PURPOSE: string;

// Shopify's own.
declare const analytics: ExtensionApi['analytics'];
declare const browser: ExtensionApi['browser'];
declare const init: ExtensionApi['init'];
declare const customerPrivacy: ExtensionApi['customerPrivacy'] | undefined;

type CheckoutEvent = PixelEvents['checkout_contact_info_submitted'] | PixelEvents['checkout_completed'];
type Privacy = RegisterInit['customerPrivacy'];

const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' };
const PURPOSES = {
  analytics: ['analyticsProcessingAllowed'],
  marketing: ['marketingAllowed'],
  both: ['analyticsProcessingAllowed', 'marketingAllowed'],
} as const;
const TRIES = 5;
const SECOND = 1000;
const LONGEST = 30 * SECOND; // between two tries: the page may be gone any moment
const DAY = 24 * 60 * 60; // seconds

/** One of several words; `otherwise` where it is none of them. */
function word<W extends string>(name: string, value: string, words: readonly W[], otherwise: W): W {
  const found = words.find((one) => one === value);
  if (!found) say(`${name}: write ${words.map((one) => `'${one}'`).join(' or ')}`);
  return found ?? otherwise;
}

function hostOf(address: string, region: keyof typeof HOSTS): string {
  if (/^https?:\/\/[^\s?#]+$/.test(address)) return address.replace(/\/+$/, '');
  if (address) say("API_HOST: write an address such as 'https://events.example.com', or ''");
  return HOSTS[region];
}

/** A visitor id as the storefront reads it; undefined for what can be none. */
const idOf = (value: unknown) => bareId(label(value));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Who buys, from what the checkout says and from the account that is logged in, which has the last word. */
function buyerOf({ clientId, timestamp, data: { checkout } }: CheckoutEvent, by: 'email' | 'id') {
  const account = init?.data?.customer;
  const typed = email(checkout.email);
  const address = email(account?.email) ?? typed;
  const id = label(account?.id ?? checkout.order?.customer?.id)?.replace(/^gid:.*\//, '');
  const phone = label(checkout.phone);
  const at = Date.parse(timestamp);
  const now = Date.now();
  return {
    client: idOf(clientId),
    timestamp: new Date(at < now + 5 * SECOND ? at : now).toISOString(),
    userId: by === 'id' ? (id ?? address) : address,
    traits: {
      ...(address && { email: address }),
      ...(phone && typed === address && { phone }), // that of a present's receiver is not the account's
      ...(id && by === 'email' && { customer_id: id }),
    },
  };
}

function start() {
  if (!WRITE_KEY) return say('WRITE_KEY: write the key of a Customer.io source');
  const region = word('REGION', REGION, ['us', 'eu'], 'us');
  const by = word('IDENTIFY_BY', IDENTIFY_BY, ['email', 'id'], 'email');
  const purposes = PURPOSES[word('PURPOSE', PURPOSE, ['analytics', 'marketing', 'both'], 'both')];
  const host = hostOf(API_HOST, region);

  const permits = (privacy?: Privacy) => purposes.every((purpose) => privacy?.[purpose] === true);
  let allowed = permits(init?.customerPrivacy);
  let held: ReturnType<typeof buyerOf> | undefined; // who bought before there was consent
  let current = ''; // the message that is told, or was told last

  const hand = guard('cookie', (value: string, age: number) =>
    browser.cookie.set(`chatstone_user=${value}; path=/; max-age=${age}; samesite=lax; secure`),
  );

  const deliver = async (message: { messageId: string }) => {
    let problem = '';
    for (let tries = 0; tries < TRIES; tries++) {
      if (current !== message.messageId) return; // consent is withdrawn, or there is news
      const sentAt = new Date().toISOString();
      const batch = [{ ...message, writeKey: WRITE_KEY, sentAt }];
      try {
        return await post(`${host}/v1/b`, { batch, writeKey: WRITE_KEY, sentAt });
      } catch (error) {
        problem = (error as Error).message;
        if (error instanceof Refused || error instanceof Misconfigured) break;
        const wait = error instanceof Later ? error.seconds * SECOND : backoff(tries, SECOND, LONGEST);
        await pause(Math.min(wait, LONGEST));
      }
    }
    if (current === message.messageId) current = ''; // the next event may try again
    say(`the buyer is not told to ${host} (${problem}): check WRITE_KEY, REGION and API_HOST`);
  };

  const tell = async ({ client, timestamp, userId, traits }: NonNullable<typeof held>) => {
    // Asked each time: the storefront in another tab may have begun anew.
    const kept = await guard('cookie', () => browser.cookie.get('ajs_anonymous_id'))()?.catch(() => '');
    const visitor = idOf(kept) ?? (client && `shopify:${client}`);
    if (!allowed || !userId || !visitor) return;
    // The same on every page of a checkout, so that what is told again is not taken again.
    const messageId = hash([visitor, userId, 'checkout', json(traits)].join('\n'));
    if (messageId === current) return;
    current = messageId;
    hand([visitor, userId].map(encodeURIComponent).join('|'), DAY);
    await deliver({
      type: 'identify',
      messageId,
      timestamp,
      anonymousId: visitor,
      userId,
      traits,
      context: { library: { name: 'chatstone-pixel', version: VERSION } }, // no page: its address opens the checkout
    } as { messageId: string });
  };

  const heard = guard('checkout', async (event: CheckoutEvent) => {
    const buyer = buyerOf(event, by);
    if (!buyer.userId) return;
    if (allowed) await tell(buyer);
    else held = buyer;
  });

  /** What was handed over goes, and what waits. */
  const forget = guard('consent', async () => {
    held = undefined;
    current = '';
    if (await browser.cookie.get('chatstone_user')) hand('', 0);
  });
  if (!allowed) forget();

  analytics.subscribe('checkout_contact_info_submitted', heard);
  analytics.subscribe('checkout_completed', heard);
  if (typeof customerPrivacy !== 'undefined')
    customerPrivacy.subscribe(
      'visitorConsentCollected',
      guard('consent', async (event) => {
        allowed = permits(event.customerPrivacy);
        const waiting = held;
        if (!allowed) return forget();
        held = undefined;
        if (waiting) await tell(waiting);
      }),
    );
}

faults.listener = (place) => say(`the pixel stumbles over its ${place}`); // the message of an error may hold what a visitor typed
guard('start', start)();
