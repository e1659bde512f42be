// The profiles: a list to search, and all of one of them.
import { when } from './clock.js';
import { element } from './element.js';

const isDate = (name, value) => name.endsWith('_at') && Number.isFinite(value);
const LONGEST = 200; // rows of events

export const whoIs = ({ email, id, anonymousId }) => email ?? id ?? `anonymous ${anonymousId?.slice(0, 8)}`;

const textOf = (profile) =>
  [whoIs(profile), ...Object.entries(profile.traits ?? {}).map(([name, value]) => `${name}:${value}`)]
    .join(' ')
    .toLowerCase();

/** Each word has to stand in the e-mail, the id or a trait (`last_chat_topic:sizing`). */
export const search = (profiles, words) => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return profiles.filter((profile) => wanted.every((word) => textOf(profile).includes(word)));
};

/** @param {{ input: HTMLInputElement, list: HTMLElement, count: HTMLElement, one: HTMLElement }} places */
export function people({ input, list, count, one }) {
  let profiles = [];
  let chosen;

  function draw() {
    const found = search(profiles, input.value);
    count.textContent = `${found.length} of ${profiles.length}`;
    const focused = document.activeElement?.dataset?.who;
    list.replaceChildren(
      ...found.map((profile) => {
        const who = whoIs(profile);
        return element(
          'li',
          {},
          element(
            'button',
            {
              type: 'button',
              'data-who': who,
              'aria-pressed': String(who === chosen),
              onclick() {
                chosen = who;
                draw();
              },
            },
            element('b', {}, who),
            element(
              'span',
              {},
              [profile.traits?.name, `${profile.events.length} events`].filter(Boolean).join(' · '),
            ),
          ),
        );
      }),
    );
    if (focused) list.querySelector(`[data-who="${CSS.escape(focused)}"]`)?.focus();
    show(profiles.find((profile) => whoIs(profile) === chosen));
  }

  function show(profile) {
    if (!profile) {
      one.replaceChildren(
        element(
          'p',
          { class: 'small' },
          profiles.length
            ? 'Choose a person.'
            : 'Nobody is here yet: chat in the shop, or fill in the sample day.',
        ),
      );
      return;
    }
    const events = [...profile.events].sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
    one.replaceChildren(
      element('h3', {}, whoIs(profile)),
      element(
        'dl',
        { class: 'facts-list' },
        Object.entries(profile.traits ?? {}).map(([name, value]) =>
          element(
            'div',
            {},
            element('dt', {}, name),
            element('dd', {}, isDate(name, value) ? when(value * 1000) : String(value)),
          ),
        ),
      ),
      element(
        'ol',
        { class: 'events' },
        events.slice(0, LONGEST).map(({ event, timestamp, properties = {} }) =>
          element(
            'li',
            {},
            element('b', {}, event),
            element('time', { dateTime: timestamp }, when(timestamp)),
            element(
              'span',
              {},
              ['topic', 'product_sku', 'order_id', 'value', 'csat_score', 'score', 'is_bot']
                .filter((name) => properties[name] !== undefined)
                .map((name) => `${name}: ${properties[name]}`)
                .join(' · '),
            ),
          ),
        ),
      ),
      ...(events.length > LONGEST
        ? [element('p', { class: 'small' }, `and ${events.length - LONGEST} older ones`)]
        : []),
    );
  }

  input.addEventListener('input', draw);
  return {
    show(now) {
      profiles = now;
      draw();
    },
  };
}
