// Whether what a situation promises has come, in sentences: pure functions of the facts that situation-facts.js gathers.
// A sentence's state is `wait` (not yet), `yes`, or `no` (it came otherwise).

/**
 * @typedef {{ state: 'wait' | 'yes' | 'no', text: string }} Line
 * @typedef {Record<string, any>} Message
 *
 * @typedef {object} Facts of this visitor alone
 * @property {string} visitor the visitor id; '' while there is none
 * @property {string | undefined} userId whom the page knows
 * @property {string | undefined} by who said so
 * @property {string} consent
 * @property {string[]} found widgets
 * @property {number} queued
 * @property {number} held of these, until somebody is known
 * @property {Record<string, number>} dropped
 * @property {{ status: number, messages: Message[] }[]} tries the requests with messages of this visitor, oldest first
 * @property {Message[]} events milestones that arrived
 * @property {string | undefined} on the profile on which they arrived
 * @property {Message[]} orders on that profile
 * @property {number} conflicts messages that came under the same id with another content
 * @property {string[]} stored what of chatstone's is on the device
 * @property {string[]} before what of that stood there before this page
 * @property {number} tabs open with this situation
 * @property {number} loads of this page in this tab
 * @property {number} began when this page was loaded, in milliseconds
 * @property {number} waited milestones that waited at once, at most
 * @property {string[] | undefined} violations of the page's policy
 * @property {boolean} view whether the live view stands
 */

const yes = (text) => ({ state: 'yes', text });
const no = (text) => ({ state: 'no', text });
const wait = (text) => ({ state: 'wait', text });
/** The first that holds, else the last. */
const first = (...lines) => lines.find(Boolean);

const many = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
const isGood = (status) => status >= 200 && status < 300;

/** Milestones that a conversation tells once, told twice. */
const twice = ({ events }) => {
  const seen = new Set();
  return events.filter(({ event, properties: { conversation_id, is_bot } }) => {
    const fact = [event, conversation_id, is_bot].join();
    return (
      ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied'].includes(event) &&
      seen.size === seen.add(fact).size
    );
  });
};

const arrives = ({ events, on, queued }, who = 'that person') =>
  first(
    events.length > 0 && on && yes(`${many(events.length, 'milestone')} arrived on ${on}`),
    events.length > 0 && no(`${many(events.length, 'milestone')} arrived under the anonymous id, on nobody`),
    wait(queued ? `${many(queued, 'milestone')} on the way to ${who}` : `Nothing has arrived on ${who} yet`),
  );

/** What leaves first is who it is. */
function waitsFirst({ held, tries, events }) {
  const sent = tries.flatMap(({ messages }) => messages);
  return first(
    sent.some(({ userId }) => !userId) && no('A milestone left this device before anybody was known'),
    events.length > 0 &&
      sent[0]?.type === 'identify' &&
      yes('What had waited left after the word of who it is'),
    held > 0 &&
      yes(`${many(held, 'milestone')} ${held === 1 ? 'waits' : 'wait'} on this device, none has left`),
    wait('No milestone waits yet: open the chat'),
  );
}

const knownBy = ({ userId, by }, wanted, name) =>
  first(
    userId && by === wanted && yes(`${name} said that this is ${userId}`),
    userId && no(`This is ${userId}, but not by ${name}: start afresh`),
    wait('Nobody is known yet'),
  );

const once = (facts) =>
  first(
    twice(facts).length > 0 &&
      no(
        `Told twice: ${twice(facts)
          .map(({ event }) => event)
          .join(', ')}`,
      ),
    facts.conflicts > 0 && no(`${facts.conflicts} came again with another content`),
    facts.events.length > 0 && yes(`Each of the ${facts.events.length} is told once`),
    wait('Nothing is told yet'),
  );

/** What left the device, or is on it, although nobody has agreed. */
const unasked = ({ stored, before, tries, consent, loads }) => {
  const ours = stored.filter((one) => !before.includes(one));
  const sent = tries.flatMap(({ messages }) => messages).length;
  // Later, or after a page before this one, it may have left while it was allowed.
  const never = consent === 'pending' && loads === 1 && before.length === 0;
  return first(
    never && sent > 0 && no(`${many(sent, 'message')} left this device before anybody has agreed`),
    ours.length > 0 && no(`Stored without consent: ${ours.join(', ')}`),
    stored.length > 0 && wait(`An earlier page has left on this device: ${stored.join(', ')}. Start afresh`),
  );
};

const tried = ({ tries }, status, yesText, waitText) =>
  tries.some((one) => one.status === status)
    ? yes(yesText(tries.filter((one) => one.status === status).length))
    : wait(waitText);

/** @type {Record<string, (facts: Facts) => Line[]>} */
export const proof = {
  'first-chat': (facts) => [waitsFirst(facts), arrives(facts)],

  'known-customer': (facts) => [knownBy(facts, 'site', 'The page'), arrives(facts), once(facts)],

  'pre-chat': (facts) => [waitsFirst(facts), knownBy(facts, 'widget', 'The chat’s form'), arrives(facts)],

  checkout: (facts) => [
    waitsFirst(facts),
    knownBy(facts, 'checkout', 'The checkout'),
    arrives(facts, 'the buyer'),
    facts.orders.length
      ? yes(`Order ${facts.orders.at(-1).properties.order_id} stands beside the chat`)
      : wait('No order yet'),
  ],

  offline(facts) {
    const failed = facts.tries.filter(({ status }) => status === 0).length;
    const late = facts.events.filter(
      (event) => Date.parse(event.receivedAt) - Date.parse(event.timestamp) > 2000,
    );
    return [
      failed
        ? yes(`${failed === 1 ? '1 try' : `${failed} tries`} without an answer, and nothing is lost`)
        : wait('The collector has answered so far'),
      first(
        failed > 0 && facts.queued > 0 && yes(`${many(facts.queued, 'message')} on this device`),
        facts.waited > 0 && yes(`${many(facts.waited, 'message')} waited on this device`),
        wait('Nothing waits yet'),
      ),
      first(
        failed > 0 &&
          facts.events.length > 0 &&
          facts.queued === 0 &&
          yes(
            `All ${facts.events.length} arrived on ${facts.on}; ${late.length} of them late, with the time at which they happened`,
          ),
        wait('They have not all arrived yet'),
      ),
      once(facts),
    ];
  },

  'two-tabs': (facts) => [
    facts.tabs > 1 ? yes(`${facts.tabs} tabs are open`) : wait('This is the only tab'),
    arrives(facts),
    once(facts),
  ],

  consent: (facts) => [
    first(
      facts.consent === 'granted' &&
        facts.events.length > 0 &&
        yes('You agreed, and what had waited in memory was told'),
      facts.consent === 'granted' && yes('You agreed'),
      facts.consent === 'denied' && yes('You did not agree'),
      wait('The question is open'),
    ),
    first(
      facts.consent === 'granted' && yes(`On this device: ${facts.stored.join(', ') || 'nothing yet'}`),
      unasked(facts),
      yes('Nothing of chatstone’s is stored on this device'),
    ),
    facts.consent === 'granted' ? arrives(facts) : yes('Nothing is sent from now on'),
  ],

  'single-page-app'(facts) {
    const views = new Set(facts.events.map(({ context }) => context.page.path.split('/')[3] ?? 'jumpers'));
    const sizing = facts.events.some(
      ({ context, properties }) => context.page.path.endsWith('/size-guide') && properties.topic === 'sizing',
    );
    return [
      sizing ? yes('A chat in the size guide has the topic “sizing”') : wait('No chat in the size guide yet'),
      views.size > 1
        ? yes(`Milestones of ${views.size} views: ${[...views].join(', ')}`)
        : wait(`Milestones of ${many(views.size, 'view')}`),
      facts.loads > 1 && facts.events.some(({ timestamp }) => Date.parse(timestamp) < facts.began)
        ? no('The page was loaded anew after the chat began: start afresh')
        : yes('The page was not loaded anew since the chat began'),
      arrives(facts),
    ];
  },

  'two-widgets'(facts) {
    const told = new Map();
    for (const { properties } of facts.events)
      told.set(properties.widget, [...(told.get(properties.widget) ?? []), properties.conversation_id]);
    // Some widgets number their conversations, each from 1.
    const ids = [...told.values()].flatMap((conversations) =>
      [...new Set(conversations)].filter((id) => !/^\d{1,9}$/.test(id)),
    );
    const shared = new Set(ids).size < ids.length;
    return [
      facts.found.length > 1
        ? yes(`chatstone listens to ${facts.found.join(' and ')}`)
        : wait(`chatstone listens to ${facts.found[0] ?? 'nothing yet'}`),
      told.size > 1
        ? yes(
            [...told]
              .map(([widget, conversations]) => `${widget}: ${many(conversations.length, 'milestone')}`)
              .join(' · '),
          )
        : wait('Only one of them has been used, or none'),
      first(
        told.size > 1 && (shared ? no('They share a conversation') : yes('Their conversations are apart')),
        wait('There is only one conversation, or none'),
      ),
    ];
  },

  'strict-csp': (facts) => [
    arrives(facts),
    facts.view ? yes('The live view stands') : wait('The live view is on its way'),
    first(
      facts.violations?.length > 0 && no(`The policy refused: ${facts.violations?.join(', ')}`),
      facts.events.length > 0 && yes('The policy has refused nothing'),
      wait('The policy has refused nothing so far'),
    ),
  ],

  shopify: (facts) => [
    first(
      facts.consent === 'granted' && yes('Shopify says yes'),
      facts.consent === 'denied' && yes('Shopify says no'),
      wait('Shopify’s banner has no answer yet'),
    ),
    first(
      facts.consent !== 'granted' && unasked(facts),
      facts.consent !== 'granted' && yes('Nothing is stored and nothing sent'),
      facts.events.some(({ properties }) => properties.product_sku) &&
        yes('The milestones name the product that the theme shows'),
      wait('Nothing is told yet'),
    ),
    first(
      facts.userId && arrives(facts),
      facts.events.length > 0 &&
        yes(`${many(facts.events.length, 'milestone')} arrived under the anonymous id`),
      wait('Nothing has arrived yet'),
    ),
  ],

  'broken-collector': (facts) => [
    tried(
      facts,
      500,
      (count) => `500: tried ${count === 1 ? 'once' : `${count} times`}, and kept`,
      'It has not answered 500 yet',
    ),
    first(
      facts.dropped.refused > 0 &&
        yes(`${many(facts.dropped.refused, 'record')} refused, dropped and counted`),
      tried(
        facts,
        400,
        () => 'A record is refused; it is being told from the others',
        'No record is refused yet',
      ),
    ),
    tried(
      facts,
      401,
      () => '401: kept, and tried slowly; the console says what to check',
      'It has not answered 401 yet',
    ),
    first(
      facts.tries.some(({ status }) => status && !isGood(status)) &&
        facts.events.length > 0 &&
        facts.queued === 0 &&
        (facts.on ? yes(`The ${facts.events.length} others arrived on ${facts.on}`) : arrives(facts)),
      facts.queued > 0 && wait(`${many(facts.queued, 'message')} on this device`),
      wait('Nothing went wrong yet'),
    ),
  ],
};
