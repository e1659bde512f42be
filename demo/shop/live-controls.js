import { widgets } from '../widgets/index.js';
import { choices, choose, inSituation, toCollector, widget } from './choices.js';
import { reset, setWeather, weather } from './collector.js';
import { element } from './element.js';

const WEATHERS = [
  ['fine', 'Fine', undefined],
  ['unreachable', 'Unreachable', { cut: 'before' }],
  ['500', 'Error 500', { status: 500 }],
  ['429', '429, wait 5 s', { status: 429, retryAfter: 5 }],
];

const titles = Object.fromEntries(
  Object.entries(widgets)
    .map(([name, { title }]) => [name, title])
    .sort(([, one], [, other]) => one.localeCompare(other, 'en', { sensitivity: 'base' })),
);

/** What can be done to the demo. `changed` is called when the weather changes, with its name. */
export function controls({ changed, flush, forget, signIn }) {
  const said = element('p', { class: 'faint', role: 'status' });
  const attempt = (work, done) => async () => {
    try {
      await work();
      said.textContent = done;
    } catch (error) {
      said.textContent = `That did not work: ${error.message}`;
    }
  };
  const button = (label, onclick, title) => element('button', { type: 'button', onclick, title }, label);

  return element(
    'div',
    { class: 'controls' },
    element(
      'div',
      { class: 'selects' },
      select('Widget', 'widget', titles, widget),
      !inSituation && select('Anonymous', 'anonymous', ['hold', 'send'], choices.anonymous ?? 'hold'),
      !inSituation && select('Consent', 'consent', ['auto', 'granted', 'manual'], choices.consent ?? 'auto'),
    ),
    toCollector ? weathers(changed, said) : real(),
    element(
      'div',
      { class: 'row' },
      button('Deliver now', attempt(flush, 'Told to deliver.'), "chatstone('flush')"),
      button(
        'Window opens itself',
        () => document.dispatchEvent(new Event('popup')),
        'In a second and a half. Nobody asked for it, so it is no chat_opened',
      ),
      button('Reload', () => location.reload(), 'In the middle of a chat, too'),
      button(
        'Sign in as Ailsa',
        signIn,
        "chatstone('identify', { id, email }): the site's own word, the strongest",
      ),
      button('New visitor', () => forget(), "chatstone('reset'): another person at the same device"),
      toCollector &&
        button(
          'Clear everything',
          attempt(async () => {
            await reset();
            forget({ all: true });
          }, 'Cleared.'),
          'Empties the collector, the chat, the basket and this view',
        ),
    ),
    said,
  );
}

/** `values`: a list, or value → what it is called. */
function select(label, name, values, value) {
  const called = Array.isArray(values) ? values.map((one) => [one, one]) : Object.entries(values);
  return element(
    'label',
    {},
    label,
    element(
      'select',
      { onchange: ({ target }) => choose(name, target.value) },
      called.map(([one, title]) => element('option', { value: one, selected: one === value }, title)),
    ),
  );
}

function weathers(changed, said) {
  const inputs = new Map();
  const set = (name) => {
    for (const [other, input] of inputs) input.checked = other === name;
    changed(name);
  };
  const options = WEATHERS.map(([name, label, weather]) => {
    const input = element('input', {
      type: 'radio',
      name: 'weather',
      value: name,
      onchange: async () => {
        try {
          await setWeather(weather);
          set(name);
          said.textContent = '';
        } catch (error) {
          said.textContent = `The weather did not change: ${error.message}`;
        }
      },
    });
    inputs.set(name, input);
    return element('label', {}, input, element('span', {}, label));
  });

  weather().then(
    ([now]) => set(now?.cut ? 'unreachable' : now?.status ? String(now.status) : 'fine'),
    (error) => {
      said.textContent = `The collector does not answer: ${error.message}`;
    },
  );
  return element('fieldset', { class: 'segments' }, element('legend', {}, 'Collector'), options);
}

const real = () =>
  element(
    'p',
    { class: 'note' },
    `This page sends to a real Customer.io workspace (${choices.region ?? 'us'}). Its profiles stand in Customer.io under People, and its weather is not ours to make. `,
    element('a', { href: '?write_key=' }, 'Back to the collector'),
  );
