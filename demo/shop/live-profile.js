import { clock, later } from './clock.js';
import { element } from './element.js';

const QUIET = ['email', 'name']; // stand in the head of the card
const isDate = (name, value) => name.endsWith('_at') && Number.isFinite(value);

/** The profile on which this visitor's milestones landed. */
export function profile() {
  const place = element('div', { class: 'profile' });
  let shown;

  return {
    element: place,
    /** @param data what the collector has; `me` is `{ visitor, userId }` */
    show(data, me) {
      const now = JSON.stringify([data, me]);
      if (now === shown) return;
      shown = now;
      const mine = data.profiles.find((one) => isMine(one, me));
      const anonymous = data.anonymous.find(({ anonymousId }) => anonymousId === me.visitor);
      const others = data.profiles.filter((one) => one !== mine);
      place.replaceChildren(
        ...[
          mine && card(mine),
          anonymous &&
            element(
              'div',
              { class: 'person' },
              head(
                '?',
                mine ? 'Not tied to the profile' : 'Anonymous',
                `${anonymous.events.length} under the anonymous id`,
              ),
              timeline(anonymous.events),
            ),
          !mine && !anonymous && element('p', { class: 'faint' }, 'Nothing of this visitor has arrived yet.'),
          element('p', { class: 'tally' }, tally(data)),
          others.length > 0 &&
            element(
              'details',
              {},
              element(
                'summary',
                {},
                `${others.length} other ${others.length === 1 ? 'profile' : 'profiles'}`,
              ),
              element(
                'ul',
                {},
                others.map((one) => element('li', {}, `${nameOf(one)}: ${one.events.length} milestones`)),
              ),
            ),
        ].filter(Boolean),
      );
    },
  };
}

const isMine = (one, { visitor, userId }) =>
  userId ? one.id === userId || one.email === userId.toLowerCase() : one.anonymousIds.includes(visitor);
const nameOf = (one) => one.email ?? one.id ?? 'no name';

function tally({ duplicates = {}, conflicts = [], errors = [] }) {
  const repeats = duplicates.total ?? 0;
  return [
    repeats === 1 ? '1 repeat known by its messageId' : `${repeats} repeats known by their messageId`,
    `${conflicts.length} contradictions`,
    errors.length > 0 && `${errors.length} could not be merged`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function card(one) {
  const traits = Object.entries(one.traits).filter(([name]) => !QUIET.includes(name));
  return element(
    'div',
    { class: 'person' },
    head(
      nameOf(one)[0].toUpperCase(),
      one.traits.name ?? nameOf(one),
      [one.email, one.id !== one.email && one.id && `id ${one.id}`].filter(Boolean).join(' · '),
    ),
    element(
      'dl',
      { class: 'traits' },
      traits.map(([name, value]) =>
        element(
          'div',
          {},
          element('dt', {}, name),
          element(
            'dd',
            { 'data-value': String(value) },
            isDate(name, value) ? clock(value * 1000) : String(value),
          ),
        ),
      ),
    ),
    timeline(one.events),
  );
}

function head(initial, name, line) {
  return element(
    'div',
    { class: 'person-head' },
    element('span', { class: 'initial', ariaHidden: 'true' }, initial),
    element('div', {}, element('b', {}, name), element('span', { class: 'faint' }, line)),
  );
}

const SHOWN = ['topic', 'product_sku', 'order_id', 'agent_team', 'csat_score', 'sentiment'];

function timeline(events) {
  const inOrder = [...events].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  return element(
    'ol',
    { class: 'timeline' },
    inOrder.map(({ event, properties = {}, timestamp, receivedAt }) => {
      const facts = SHOWN.filter((name) => properties[name] !== undefined).map(
        (name) => `${name}: ${properties[name]}`,
      );
      if (properties.is_bot) facts.unshift('bot');
      return element(
        'li',
        {},
        element('b', {}, event),
        element(
          'span',
          { class: 'when' },
          clock(timestamp),
          receivedAt && ` · arrived ${later(Date.parse(receivedAt) - Date.parse(timestamp))} later`,
        ),
        facts.length > 0 && element('span', { class: 'faint' }, facts.join(' · ')),
      );
    }),
  );
}
