// The scripts that are measured, each as its documentation begins: a page view where it has one, nothing more. What would load
// further files from a vendor's servers is off.
import { gunzipSync } from 'node:zlib';
import type { Arrival } from './bodies.ts';

export const FIRST = 'chat_first_message_sent';
export const NEXT = 'chat_opened';

export interface Script {
  /** The folder, or what it is in node_modules, from which its files are served. */
  folder: string;
  /** Its first file. */
  file: string;
  /** JavaScript that runs before it: what a shop's snippet does. */
  before?: string;
  /** Attributes of its tag. */
  attributes?(collector: string): string;
  /** JavaScript that runs when it has come; leaves `window.tell`, which tells one event. */
  start?(collector: string): string;
  /** The widget on the page; none where nothing is told. */
  widget?: 'tawk' | 'livechat';
}

/** What a shop's developer adds to a client that knows no widget. */
const LISTEN = `addEventListener('tawkChatMessageVisitor', () => tell('${FIRST}', { conversation_id: 'talk' }));`;

export const SCRIPTS: Record<string, Script> = {
  empty: { folder: 'test/bench/pages', file: 'empty.js' },
  waiting: {
    folder: 'dist',
    file: 'chatstone.js',
    attributes: () => 'data-write-key="key" data-anonymous="send"',
  },
  chatstone: {
    folder: 'dist',
    file: 'chatstone.js',
    before: `window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)};
      window.tell = (...event) => chatstone('milestone', ...event);`,
    // Held milestones wait for an address; here everybody is a stranger.
    attributes: (collector) => `data-write-key="key" data-anonymous="send" data-api-host="${collector}"`,
    widget: 'tawk',
  },
  customerio: {
    folder: 'node_modules/@customerio/cdp-analytics-browser/dist/umd',
    file: 'index.js',
    start: (collector) => `
      const client = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'key', cdnURL: '${collector}' });
      client.page();
      window.tell = (name, properties) => client.track(name, properties);
      ${LISTEN}`,
    widget: 'tawk',
  },
  segment: {
    folder: 'node_modules/@segment/analytics-next/dist/umd',
    file: 'index.js',
    start: (collector) => `
      const client = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'key', cdnURL: '${collector}' });
      client.page();
      window.tell = (name, properties) => client.track(name, properties);
      ${LISTEN}`,
    widget: 'tawk',
  },
  rudderstack: {
    // The build that has its plugins with it: the other one loads them from a CDN.
    folder: 'node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd',
    file: 'index.js',
    start: (collector) => `
      const client = new rudderanalytics.RudderAnalytics();
      client.load('key', '${collector}', { configUrl: '${collector}' });
      client.page();
      window.tell = (name, properties) => client.track(name, properties);
      ${LISTEN}`,
    widget: 'tawk',
  },
  snowplow: {
    folder: 'node_modules/@snowplow/browser-tracker/dist',
    file: 'index.umd.min.js',
    start: (collector) => `
      const { newTracker, trackPageView, trackSelfDescribingEvent } = snowplowBrowserTracking;
      newTracker('sp', '${collector}', { appId: 'shop' });
      trackPageView();
      window.tell = (name, properties) => trackSelfDescribingEvent({
        event: { schema: 'iglu:com.example/chat/jsonschema/1-0-0', data: { name, ...properties } },
      });
      ${LISTEN}`,
    widget: 'tawk',
  },
  posthog: {
    folder: 'node_modules/posthog-js/dist',
    file: 'array.js',
    start: (collector) => `
      posthog.init('key', {
        api_host: '${collector}',
        disable_session_recording: true,
        disable_surveys: true,
        disable_external_dependency_loading: true,
        opt_out_useragent_filter: true, // it sends nothing for a headless browser
      });
      window.tell = (name, properties) => posthog.capture(name, properties);
      ${LISTEN}`,
    widget: 'tawk',
  },
  clarity: {
    folder: 'node_modules/clarity-js/build',
    file: 'clarity.min.js',
    // It notes its server's address without the https: that it always has, and would look for ours in vain on the second page.
    before: `for (const domain of ['', ';domain=' + location.hostname])
      document.cookie = '_clsk=;max-age=0;path=/' + domain;`,
    start: (collector) => `
      clarity('start', {
        projectId: 'shop',
        upload: '${collector}/collect',
        modules: [location.origin + '/scripts/clarity/clarity.livechat.js 1'],
      });
      window.tell = (name, { conversation_id }) => clarity('event', name, conversation_id);`,
    widget: 'livechat', // of the three widgets that it listens to, the one whose listener stands in its main build
  },
};

const CUSTOM = 24;
const CHAT = 52;
const VISITOR_SPOKE = 6;

/**
 * Clarity's own protocol: an envelope, and a list of events that are lists of tokens.
 * https://github.com/microsoft/clarity/blob/master/packages/clarity-js/types/data.d.ts
 */
export function readClarity({ path, bytes }: { path: string; bytes: Buffer }): Arrival[] {
  if (path !== '/collect') throw new Error(`nobody asks for ${path}`);
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const { e, a } = JSON.parse(String(zipped ? gunzipSync(bytes) : bytes));
  if (!Array.isArray(e) || !Array.isArray(a)) throw new Error('no envelope, or no events');
  return a.flatMap(([time, type, what, conversation = '']: [number, number, any, string?]) => {
    const id = `${time}-${type}-${what}-${conversation}`;
    if (type === CHAT && what === VISITOR_SPOKE) return [{ id, name: FIRST, conversation }];
    return type === CUSTOM ? [{ id, name: what, conversation }] : [];
  });
}
