// What the page, the device and the collector know of this visitor: what the proofs look at.
import { widget } from './choices.js';
import { listen, log } from './collector.js';
import { waitingOf } from './live-visitor.js';

const { situation } = document.documentElement.dataset;
const chatstone = (...call) => window.chatstone(...call); // the stub is replaced: look it up each time

const requests = new Map(); // by number
let data = { profiles: [], anonymous: [] };
let waited = 0;

/** Tabs with this situation: each answers who asks. */
const tabs = new Set();
const me = crypto.randomUUID();
const channel = new BroadcastChannel(`ravelgarth-${situation}`);
channel.onmessage = ({ data: { from, gone, ask } }) => {
  if (gone) tabs.delete(from);
  else tabs.add(from);
  if (ask) channel.postMessage({ from: me });
};
channel.postMessage({ from: me, ask: true });
addEventListener('pagehide', () => channel.postMessage({ from: me, gone: true }));

const LOADS = `ravelgarth-loads-${situation}`;
const loads = Number(sessionStorage.getItem(LOADS)) + 1;
sessionStorage.setItem(LOADS, String(loads));

const CLEAN = 'ravelgarth-clean';
const isClean = sessionStorage.getItem(CLEAN) !== null;
sessionStorage.removeItem(CLEAN);
/** @type {string[] | undefined} what an earlier page has left on the device */
let before = isClean ? [] : undefined;

/** The next load is the first, and nothing of chatstone's is on the device then. */
export function beginAnew() {
  sessionStorage.removeItem(LOADS);
  sessionStorage.setItem(CLEAN, '');
}

/** Calls `changed` when the collector has heard something. */
export async function watch(changed) {
  const keep = (entry) => requests.set(entry.n, entry);
  listen({
    profiles(now) {
      data = now;
      changed();
    },
    request(entry) {
      if (entry.n === 1) requests.clear(); // the collector was emptied
      keep(entry);
      changed();
    },
  });
  for (const entry of await log()) keep(entry);
  changed();
}

/** These listen on every page. */
const isChat = (name) => name === widget || !['form', 'custom', 'shopify-storefront'].includes(name);

async function stored() {
  const databases = await indexedDB.databases();
  const names = databases.filter(({ name }) => name === 'chatstone').map(({ name }) => `database ${name}`);
  return localStorage.getItem('ajs_anonymous_id') ? [...names, 'the visitor id'] : names;
}

/** @returns {Promise<import('./situation-proof.js').Facts | undefined>} undefined while chatstone is not there */
export async function facts() {
  const status = await new Promise((resolve) => chatstone('status', resolve));
  if (!status) return undefined;
  const { visitor, identity = {}, consent, widgets, held = 0, dropped = {} } = status;
  const isMine = ({ anonymousId }) => visitor && anonymousId === visitor;
  const mine = data.profiles.find(({ events }) => events.some(isMine));
  const nobodys = data.anonymous.find(isMine);
  const queued = waitingOf(status);
  waited = Math.max(waited, queued);
  const kept = await stored();
  before ??= consent.state === 'granted' ? [] : kept;
  return {
    visitor,
    userId: identity.userId,
    by: identity.by,
    consent: consent.state,
    found: Object.keys(widgets).filter((name) => widgets[name].found && isChat(name)),
    queued,
    held,
    dropped,
    waited,
    tries: [...requests.values()]
      .filter(({ method, messages }) => method === 'POST' && messages.some(isMine))
      .map(({ status: answered, messages }) => ({ status: answered, messages: messages.filter(isMine) })),
    events: [...(mine?.events ?? []), ...(nobodys?.events ?? [])].filter(
      (event) => isMine(event) && event.event !== 'Order Completed',
    ),
    on: nobodys?.events.length ? undefined : mine && (mine.email ?? mine.id),
    orders: (mine?.events ?? []).filter(({ event }) => event === 'Order Completed'),
    conflicts: (data.conflicts ?? []).filter(({ first }) => isMine(first)).length,
    stored: kept,
    before,
    tabs: tabs.size + 1,
    loads,
    began: performance.timeOrigin,
    violations: window.violations,
    view: Boolean(document.querySelector('.live .pipeline')),
  };
}
