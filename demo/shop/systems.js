// What each system was told: stand-ins for the servers of some, on the page for others (systems/*.js), asked and drawn here.
import { install as installIntercom } from '../systems/intercom.js';
import { install as installLivelike } from '../systems/livelike.js';
import { install as installLytics } from '../systems/lytics.js';
import { fake } from './chat.js';
import { element } from './element.js';

const LATE = 900; // milliseconds after the page, as bundles of vendors are
const SHOWN = 12; // entries of a system
const chatstone = (...call) => window.chatstone(...call); // the stub is replaced: look it up each time

const lytics = installLytics(window);
const livelike = installLivelike(window, { customData: '{"favouriteTeam":"Wasdale"}' });
let intercom;
setTimeout(() => {
  intercom = installIntercom(window); // over the widget's, if that is Intercom
  for (const one of [intercom, lytics, livelike]) one.arrive();
}, LATE);

let bodies = {}; // what servers took, by system
const messages = (name) =>
  (bodies[name] ?? []).flatMap(({ body }) => body.batch).map((one) => [one.event ?? one.type, one]);
const state = (values) => (Object.keys(values).length ? [['what stands there now', values]] : []);

/** By destination: its title, what it gets, and the entries it has, oldest first. */
const SYSTEMS = {
  segment: [
    'Segment',
    'The facts under the names of its Live Chat events, and audiences as they come and go. It has a consent of its own: allow it above.',
    () => messages('segment'),
  ],
  lytics: [
    'Lytics',
    'Flat fields with times in milliseconds, through its tag on the page.',
    () => lytics.taken().map(({ data }) => [data._e, data]),
  ],
  intercom: [
    'Intercom',
    'Milestones as events of the person, and attributes that the agent sees. No address, no id.',
    () => [
      ...(intercom?.events ?? []).map(({ name, metadata }) => [name, metadata]),
      ...state(intercom?.attributes ?? {}),
    ],
  ],
  agents: [
    'The chat widget',
    'The same attributes, beside the chat that runs here.',
    () => state(fake.attributes),
  ],
  livelike: [
    'LiveLike',
    'The profile’s custom data: what the site keeps there stays.',
    () => state(JSON.parse(livelike.profile().custom_data ?? '{}')),
  ],
  warehouse: [
    'A warehouse',
    'A plain POST to an endpoint of your own, here without any e-mail address. Once a day it hears how it goes.',
    () => messages('warehouse'),
  ],
};

const cards = Object.entries(SYSTEMS).map(([name, [title, about, entries]]) => {
  const list = element('ol', { tabIndex: 0, ariaLabel: `What ${title} was told` });
  const how = element('p', { class: 'state' });
  const card = element(
    'section',
    { class: 'system' },
    element('h2', {}, title),
    element('p', {}, about),
    how,
    list,
  );
  let shown = '';
  return {
    card,
    show(status) {
      const all = entries();
      const { ready, consent } = status.destinations?.[name] ?? {};
      const waits = status.queued?.[name] ?? 0;
      how.textContent = !status.destinations
        ? 'nothing to tell yet'
        : consent === 'denied'
          ? 'not allowed'
          : consent === 'pending'
            ? `waits for its consent (${waits})`
            : !ready
              ? 'is not on the page yet'
              : waits
                ? `${waits} wait`
                : 'nothing waits';
      how.dataset.waits = String(consent !== 'granted' || waits > 0);
      const now = JSON.stringify(all);
      if (now === shown) return; // somebody may be reading it
      shown = now;
      list.replaceChildren(
        ...all
          .slice(-SHOWN)
          .reverse()
          .map(([what, fields]) =>
            element(
              'li',
              {},
              element(
                'details',
                {},
                element('summary', {}, what),
                element('pre', {}, JSON.stringify(fields, null, 2)),
              ),
            ),
          ),
      );
    },
  };
});
document.getElementById('systems').append(...cards.map(({ card }) => card));

const said = document.getElementById('systems-said');
let orders = 0;
const ACTIONS = [
  ['Sign in as Ada', () => chatstone('identify', { email: 'ada@example.com', id: '7', name: 'Ada Byron' })],
  [
    'Fill the basket',
    () => chatstone('context', { last_cart_value: 129.5, last_cart_category: 'jumpers', lifetime_orders: 3 }),
  ],
  ['Flag: cart_abandoner', () => chatstone('context', { flags: { cart_abandoner: true, vip: true } })],
  ['Buy', () => chatstone('purchase', { order_id: `demo-${Date.now()}-${++orders}`, value: 129.5 })],
  ['Flag: unsubscribed', () => chatstone('context', { flags: { unsubscribed: true } })],
  ['Allow Segment', () => chatstone('consent', 'granted', 'segment')],
  ['Forbid Segment', () => chatstone('consent', 'denied', 'segment')],
];
document.getElementById('systems-actions').append(
  ...ACTIONS.map(([label, work]) =>
    element(
      'button',
      {
        type: 'button',
        class: 'button quiet',
        onclick() {
          work();
          said.textContent = `Told: ${label}.`;
          setTimeout(look, 600);
        },
      },
      label,
    ),
  ),
);

async function look() {
  if (document.hidden) return;
  bodies = await (await fetch('/api/systems')).json();
  chatstone('status', (status) => {
    for (const { show } of cards) show(status);
  });
}
setInterval(look, 1500);
addEventListener('load', () => setTimeout(look));
