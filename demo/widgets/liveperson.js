// A fake of LivePerson's web tag, after https://developers.liveperson.com/web-tag-events-events.html and
// https://developers.liveperson.com/web-tag-events-event-binding.html; how its events are bound and unbound is as in
// LivePerson's own library, https://github.com/LivePersonInc/chronosjs (src/Events.js).
import { createFake } from './fake.js';

export const about = {
  title: 'LivePerson',
  link: 'https://developers.liveperson.com/web-tag-events-events.html',
  gaps: 'embedded window only. No reply, no rating, no identity. The first message is inferred from “waiting”, then “chatting” (that Messaging waits too is unverified), the end is told without saying by whom, and a bot is assigned like an agent',
  proof: 'a fake after the documentation',
};

const WINDOW = 'lpUnifiedWindow';
const app = (event) => (/^OFFER_/.test(event) ? 'LP_OFFERS' : WINDOW);

/** Events by application and name, and what has fired. */
function createEvents() {
  const bound = [];
  const fired = [];
  let number = 0;
  const same = (one, other) => one === '*' || one === other;
  return {
    bind(appName, eventName, func) {
      const what = typeof appName === 'string' ? { appName, eventName, func } : appName;
      if (!what.eventName || typeof what.func !== 'function') return null;
      const id = `evId_${number++}`;
      bound.push({ ...what, appName: what.appName || '*', id });
      return id;
    },
    // By id, by function, or everything of an application.
    unbind(what) {
      const gone = bound.filter((one) =>
        typeof what === 'string'
          ? one.id === what
          : (!what.eventName || one.eventName === what.eventName) &&
            one.appName === what.appName &&
            (!what.func || one.func === what.func),
      );
      for (const one of gone) bound.splice(bound.indexOf(one), 1);
      return gone.length > 0;
    },
    trigger(appName, eventName, data) {
      fired.push({ appName, eventName, data });
      for (const one of [...bound])
        if (same(one.appName, appName) && same(one.eventName, eventName))
          one.func.call(one.context ?? null, data, { appName, eventName });
    },
    hasFired: (appName, eventName) =>
      fired.filter((one) => same(appName, one.appName) && same(eventName, one.eventName)),
  };
}

/**
 * Puts LivePerson on a page: the site's snippet makes a tag that defers, the bundle gives it other events.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, info?: 'before' | 'after' }} [options] info: whether the id is told before or after the state
 *   that it belongs to, which is not documented
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, info = 'after' } = {}) {
  const lpTag = (window.lpTag ??= {
    site: '12345678',
    section: '',
    autoStart: true,
    events: {
      bind(...args) {
        lpTag.defer(() => lpTag.events.bind(...args), 0);
      },
      trigger(...args) {
        lpTag.defer(() => lpTag.events.trigger(...args), 1);
      },
    },
    defer(work, kind) {
      const queue = kind === 0 ? '_defB' : '_defT';
      lpTag[queue] = [...(lpTag[queue] ?? []), work];
    },
  });
  const tell = (event, data) => lpTag.events.trigger(app(event), event, data);

  let chats = 0; // conversations so far
  let state = 'initialised';
  let agent;
  const change = (next) => {
    state = next;
    tell('state', { state });
  };
  const know = (more) => tell('conversationInfo', more);
  const begin = () => {
    if (!/initialised|ended/.test(state)) return;
    change('initialised');
    change('waiting');
  };

  const fake = createFake(
    'liveperson',
    {
      load() {
        lpTag.events = createEvents();
        for (const work of [...(lpTag._defB ?? []), ...(lpTag._defT ?? [])]) work();
        delete lpTag._defB;
        delete lpTag._defT;
      },
      open() {
        tell('OFFER_CLICK', { engagementId: 1346152510, engagementName: 'Sticky chat button', state: 1 });
        begin();
        tell('maximized');
      },
      popup() {
        begin();
        tell('maximized');
      },
      close: () => tell('minimized'),
      visitor() {
        if (state === 'chatting') return;
        begin();
        const conversation = { conversationId: 4294973105 + chats++, state: 'chatting', language: 'en-US' };
        if (info === 'before') know(conversation);
        change('chatting');
        tell('engagementData', { engagementName: 'Sticky chat button', state });
        if (info === 'after') know(conversation);
      },
      assign({ id, name }) {
        agent = { agentId: id, agentName: name, skill: 'MySkill' };
        know(agent);
      },
      end() {
        change('ended');
        know({ state: 'ended', conversationId: 4294973104 + chats });
      },
      // What a page tells that loads into a running conversation.
      replay() {
        if (state === 'chatting') {
          change('chatting');
          know({ ...agent, conversationId: 4294973104 + chats, state });
        }
        if (fake.opened) tell('maximized');
      },
      uninstall() {
        delete window.lpTag;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
