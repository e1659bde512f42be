// What stands in the panel and in reports, in words for people who do not code.
import type { Status } from '../calls.ts';
import type { Sign, Told } from './story.ts';

/** 14:03:27 */
export const clock = (time: number): string => new Date(time).toTimeString().slice(0, 8);

/** 2026-11-28, where the tester is: as the clock beside it. */
export const day = (time: number): string => {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
};

/** How long, for people: `0.4 s`, `3 min`, `2 h`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What a signal says. */
export function signal({ type, from }: Pick<Sign, 'type' | 'from'>): string {
  const words: Record<string, string> = {
    opened: 'the window is open',
    assigned: 'somebody took it',
    topic: 'a topic was named',
    ended: 'it ended',
    rated: 'it was rated',
    person: 'somebody says who this is',
    conversation: 'its id became known',
  };
  return type === 'message'
    ? `a line${from ? ` by the ${from}` : ', heard before the panel was there, or in another tab'}`
    : (words[type] ?? type);
}

const TOLD_ALREADY: Record<string, string> = {
  opened: 'told already: this conversation was opened before',
  'message visitor': 'told already: only the first message of a conversation is a milestone',
  'message agent': 'told already: a person has replied in this conversation before',
  'message bot': 'told already: the bot has written in this conversation before',
  'message system': 'a line that nobody wrote is no milestone',
  assigned: 'told already: this agent or team has it',
  topic: 'told already: it is the topic that was told last',
  ended: 'nothing was open, or this end was told before',
  rated: 'told already: it is the rating that was told last',
  conversation: 'an id alone is no milestone',
};

/** Why a signal made no milestone. */
export function reason({ type, from, why }: Sign): string {
  switch (why) {
    case 'no gesture':
      return 'no gesture: nobody had clicked or typed in the second before, so the window opened by itself';
    case 'no conversation':
      return type === 'topic'
        ? 'no conversation yet: it is kept for the next one'
        : 'no conversation: only a visitor opens one, by hand or by a message';
    case 'not on its scale':
      return 'the rating is not on its scale';
    case 'a stronger word stands':
      return 'a stronger source has named another address: this one is ignored and counted';
    case 'nothing new':
      return TOLD_ALREADY[from ? `${type} ${from}` : type] ?? 'told already';
    default:
      return why ?? (type === 'person' ? 'taken' : 'no milestone');
  }
}

/** What came of a signal. */
export function outcome(sign: Sign, consent: string): string {
  if (sign.reached?.length) return `→ ${sign.reached.join(', ')}`;
  if (sign.reached) return sign.type === 'person' && !sign.why ? 'taken' : `no milestone: ${reason(sign)}`;
  return consent === 'granted'
    ? 'being settled, or settled in another tab'
    : consent === 'denied'
      ? 'not kept: consent is denied'
      : 'waits in memory for consent';
}

/** How far a message is at one destination. */
export interface Stand {
  state: 'accepted' | 'sent' | 'waiting' | 'dropped' | 'elsewhere';
  words: string;
}

const LATE = 3000; // milliseconds in which what was told here is asked about

/** How far a message is, by destination. */
export function stands(
  { messageId, recorded, at, to }: Told,
  status: Status,
  now = Date.now(),
): Record<string, Stand> {
  const all: Record<string, Stand> = {};
  for (const [name, { sent, accepted, dropped }] of Object.entries(to)) {
    if (accepted)
      all[name] = { state: 'accepted', words: `accepted ${span(accepted - at)} after it happened` };
    else if (dropped) all[name] = { state: 'dropped', words: `dropped: ${dropped}` };
    else if (sent) all[name] = { state: 'sent', words: 'sent, no answer seen' };
  }
  for (const one of status.waiting ?? [])
    if (one.messageId === messageId && all[one.destination]?.state !== 'accepted')
      all[one.destination] =
        all[one.destination]?.state === 'sent'
          ? { state: 'sent', words: 'sent, not yet accepted' }
          : { state: 'waiting', words: one.held ? 'waits for a person' : 'waits to be sent' };
  if (!Object.keys(all).length && status.waiting && now - (recorded ?? at) > LATE)
    all['?'] = {
      state: 'elsewhere',
      words: 'waits nowhere, no answer was seen: another tab or page has had it, or no system gets it',
    };
  return all;
}

/** Who says whether we may. */
export function consent({ state, by }: Status['consent']): string {
  const who: Record<string, string> = {
    auto:
      state === 'granted'
        ? 'auto: no consent platform is on the page'
        : 'auto: it waits for the page to load',
    granted: 'the tag says so',
    manual: 'manual: the page has not said it yet',
    page: "the page said it: chatstone('consent', …)",
    gpc: 'Global Privacy Control, which the tag honours',
    'another tab': 'another tab',
    function: 'a function of the site',
  };
  return `${state} – ${who[by] ?? `${by} decides`}`;
}

/** The rule by which somebody is known. */
export function identity({ identity, held }: Status): string {
  if (!identity) return 'nobody is asked before consent';
  const { userId, by, client } = identity;
  if (!userId)
    return held
      ? 'nobody yet: milestones wait on this device for an e-mail'
      : 'nobody yet: no e-mail has been given';
  if (client) return 'the client of Customer.io on this page has this user';
  const rules: Record<string, string> = {
    site: 'the page said it: the strongest word',
    checkout: 'a checkout form, or the checkout’s pixel, gave the address',
    widget: 'the chat gave the address',
    form: 'another form gave the address: the weakest word',
  };
  return rules[by ?? ''] ?? 'known from an earlier page';
}

/** What waits at a destination, and why. '' where nothing does. */
export function waits(name: string, status: Status, now: number): string {
  const queued = status.queued?.[name] ?? 0;
  const {
    consent = 'granted',
    ready = true,
    until = 0,
    error,
    tries = 0,
  } = status.destinations?.[name] ?? {};
  if (!queued) return '';
  const held = (status.waiting ?? []).filter((one) => one.destination === name && one.held).length;
  const why =
    consent !== 'granted'
      ? `its own consent is ${consent}`
      : !ready
        ? 'what it works through is not on this page'
        : held === queued
          ? 'until somebody says who this is'
          : until > now
            ? `next try in ${span(until - now)}${error ? `, after ${many(tries, 'failure')} in a row: ${error}` : ': the server asked for it'}`
            : !navigator.onLine
              ? 'this device is offline'
              : 'on their way, or another tab delivers';
  return `${queued === 1 ? '1 waits' : `${queued} wait`}: ${why}`;
}

/** What to do about what went wrong; '' where that is said already. */
export function remedy(message: string): string {
  const remedies: [RegExp, string][] = [
    [
      /status 40[134]|redirect/,
      'Check data-write-key, data-region and data-api-host. Nothing is lost meanwhile.',
    ],
    [
      /status (400|413|422)/,
      'The server refuses the record itself. If it refuses all, the host is no Customer.io.',
    ],
    [/status 429/, 'The server asks for patience; it is obeyed.'],
    [/status 5/, 'The server has a fault; it is tried again with growing pauses.'],
    [
      /its file is not there|cannot be loaded|dynamically imported/,
      'Put all chatstone*.js side by side; allow them by CSP and CORS.',
    ],
    [
      /fetch|network|abort|load failed/i,
      'The server was not reached: offline, an ad blocker, or connect-src of the CSP.',
    ],
    [/quota|indexeddb|database|storage/i, 'The browser’s storage is full or blocked; memory stands in.'],
  ];
  return remedies.find(([form]) => form.test(message))?.[1] ?? '';
}
