// The live view beside the shop: what the page told, what waits on the device, and where it landed.
import { clear as clearBasket } from './cart.js';
import { conversationOf } from './chat-kept.js';
import { toCollector, widget } from './choices.js';
import { listen } from './collector.js';
import { element } from './element.js';
import { kept } from './kept.js';
import { controls } from './live-controls.js';
import { drawer } from './live-drawer.js';
import { pipeline } from './live-pipeline.js';
import { profile } from './live-profile.js';
import { stones } from './live-stones.js';
import { told } from './live-told.js';
import { visitor, waitingOf } from './live-visitor.js';
import { ofDelivered, ofDropped, ofError, ofMilestone, ofPage, ofRefusal, ofSignal } from './live-words.js';
import { order } from './order.js';

const LONGEST = 120;
const chatstone = (...call) => window.chatstone(...call); // the stub is replaced: look it up each time

const history = kept('sessionStorage', 'ravelgarth-told', []); // the feed goes on over the pages
const seen = history.get();
const arrived = new Set(seen.filter((entry) => entry.arrived).map((entry) => entry.messageId));
let status = {};
let data = { profiles: [], anonymous: [] };

const parts = {
  pipeline: pipeline(...(toCollector ? ['Collector', 'arrived'] : ['Customer.io', 'delivered'])),
  stones: stones(),
  told: told(),
  visitor: visitor(),
  profile: profile(),
};
const actions = controls({
  changed: parts.pipeline.weather,
  flush: () => chatstone('flush'),
  forget,
  signIn,
});
const elsewhere = element(
  'p',
  { class: 'note' },
  'It stands in the workspace: People, then the e-mail of the visitor.',
);
const view = drawer([
  [undefined, parts.pipeline.element],
  ['The milestones of the latest chat', parts.stones.element],
  ['Try it', actions],
  [
    'Other systems',
    element(
      'p',
      { class: 'note' },
      element('a', { href: '/systems.html' }, 'What Segment, Lytics, Intercom, LiveLike and a warehouse get'),
      ' · ',
      element('a', { href: '/situations/' }, 'All situations, the tag builder and the data explorer'),
    ),
  ],
  ['What the page told', parts.told.element],
  ['This visitor, on the device', parts.visitor.element],
  ['The profile in the collector', toCollector ? parts.profile.element : elsewhere],
]);
document.body.append(view.element);

for (const entry of seen) parts.told.add(entry);
note(ofPage(document.title));
parts.told.scrollToEnd();

chatstone('on', 'signal', (event) => note(ofSignal(event)));
chatstone('on', 'milestone', (event) => note(ofMilestone(event), { aloud: true }));
chatstone('on', 'delivered', (event) => {
  for (const { messageId } of event.messages ?? []) arrived.add(messageId);
  note(ofDelivered(event));
});
chatstone('on', 'dropped', (event) => note(ofDropped(event)));
chatstone('on', 'error', (event) => note(ofError(event)));

setInterval(() => document.hidden || ask(), 2000);
addEventListener('load', () => setTimeout(ask)); // without a sign of a consent platform it decides now

if (toCollector)
  listen({
    profiles(now) {
      data = now;
      for (const { messageId } of eventsOf(now)) arrived.add(messageId);
      show();
    },
    request(entry) {
      if (entry.errors.length && !entry.weather) note(ofRefusal(entry));
    },
  });

/** Adds to the feed, and keeps it for the next page. */
function note(entry, how) {
  seen.push(entry);
  parts.told.add(entry, how);
  keep();
  ask();
}

function keep() {
  history.set(seen.slice(-LONGEST).map((entry) => ({ ...entry, arrived: arrived.has(entry.messageId) })));
}

function ask() {
  chatstone('status', (now) => {
    status = now ?? {};
    show();
  });
}

function show() {
  const counts = {
    told: seen.filter(({ kind }) => kind === 'signal').length,
    waiting: waitingOf(status),
    arrived: toCollector ? eventsOf(data).length : (status.delivered ?? 0),
  };
  const milestones = seen.filter(({ kind }) => kind === 'milestone');
  parts.pipeline.show(counts);
  parts.stones.show(milestones, arrived);
  parts.visitor.show(status);
  parts.profile.show(data, { visitor: status.visitor, userId: status.identity?.userId });
  view.summarise(`${counts.waiting} waiting · ${counts.arrived} arrived`);
}

function eventsOf({ profiles, anonymous }) {
  return [...profiles, ...anonymous].flatMap(({ events }) => events);
}

/** The site says who this is, as after a log-in. */
function signIn() {
  chatstone('identify', { id: 'c-1042', email: 'ailsa@example.com', traits: { name: 'Ailsa Graham' } });
  setTimeout(ask, 300);
}

/** Another person at the device: as at a log-out, the shop's widget forgets its conversation, too. */
function forget({ all = false } = {}) {
  chatstone('reset');
  conversationOf(widget).set(null);
  if (all) {
    order.set(null);
    clearBasket();
    seen.length = 0;
    keep();
  }
  location.reload();
}
