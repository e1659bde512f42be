// The tag builder: the form on one side, what comes of it on the other.
import { topicsOf } from '/dist/esm/core/topics.js';
import { copy } from './copy.js';
import { element } from './element.js';
import { liquidText, npmText, tagText } from './tag-text.js';

const form = document.getElementById('builder');
const topicRows = document.getElementById('topics');
const pageRows = document.getElementById('pages');
const copied = document.getElementById('copied');
const TEXTS = { tag: tagText, liquid: liquidText, npm: npmText };

const topics = topicsOf(); // the defaults
const integrity = (await (await fetch('/dist/integrity.json')).json())['chatstone.js'];

let rows = 0;
/** A row of two fields that can be taken away; its fault stands below it. */
function row(kind, place, [first, second], values) {
  rows += 1;
  const id = `${kind}-${rows}`;
  const field = ({ name, label, ...more }) =>
    element('input', {
      name,
      ariaLabel: label,
      value: values[name] ?? '',
      autocomplete: 'off',
      spellcheck: false,
      'aria-describedby': `${id}-fault`,
      ...more,
    });
  const fault = element('span', { class: 'fault', id: `${id}-fault` });
  const made = element(
    'div',
    { class: `row ${kind}` },
    field(first),
    field(second),
    element(
      'button',
      {
        type: 'button',
        class: 'plain',
        ariaLabel: `Remove ${values[first.name] || 'this line'}`,
        onclick() {
          const next = made.nextElementSibling ?? made.previousElementSibling;
          made.remove();
          draw();
          (next?.querySelector('input') ?? document.getElementById(`add-${kind}`)).focus();
        },
      },
      '×',
    ),
    fault,
  );
  place.append(made);
  return made;
}
const topicRow = (values) =>
  row(
    'topic',
    topicRows,
    [
      { name: 'id', label: 'Topic', placeholder: 'gift_wrap' },
      { name: 'words', label: 'Words', placeholder: 'gift, wrap' },
    ],
    values,
  );
const pageRow = (values) =>
  row(
    'page',
    pageRows,
    [
      { name: 'path', label: 'Beginning of the path', placeholder: '/pages/size-guide' },
      { name: 'topic', label: 'Topic of these pages', placeholder: 'sizing' },
    ],
    values,
  );

for (const [id, words] of Object.entries(topics)) topicRow({ id, words: words.join(', ') });
const adds = (id, make) =>
  document.getElementById(id).addEventListener('click', () => {
    const made = make({});
    draw();
    made.querySelector('input').focus();
  });
adds('add-topic', topicRow);
adds('add-page', pageRow);

const valuesOf = (place) =>
  [...place.children].map((one) =>
    Object.fromEntries([...one.querySelectorAll('input')].map(({ name, value }) => [name, value.trim()])),
  );

/** @returns {import('./tag-text.js').Choices} */
function choices() {
  const data = new FormData(form);
  const text = (name) => String(data.get(name)).trim();
  return {
    writeKey: text('writeKey'),
    folder: text('folder'),
    region: text('region'),
    apiHost: text('apiHost'),
    widgets: data.getAll('widgets').map(String),
    consent: text('consent'),
    anonymous: text('anonymous'),
    client: text('client'),
    identifyBy: text('identifyBy'),
    calls: data.has('calls'),
    topics: valuesOf(topicRows),
    pages: valuesOf(pageRows),
  };
}

function showFault(place, inputs, fault = '') {
  if (place.textContent !== fault) place.textContent = fault;
  for (const one of inputs) one.setAttribute('aria-invalid', String(fault !== ''));
}

function draw() {
  const now = choices();
  const made = Object.fromEntries(
    Object.entries(TEXTS).map(([name, make]) => [name, make(now, { topics, integrity })]),
  );
  for (const [name, { text, faults, notes }] of Object.entries(made)) {
    document.getElementById(name).textContent = text ?? '';
    document.querySelector(`[data-copy="${name}"]`).disabled = !text;
    document.getElementById(name).parentElement.hidden = !text;
    const [fault] = Object.values(faults);
    document.getElementById(`${name}-fault`).textContent = fault ? `Nothing to copy yet. ${fault}.` : '';
    document.getElementById(`${name}-notes`).replaceChildren(...notes.map((note) => element('li', {}, note)));
  }
  const { faults } = made.tag;
  for (const place of form.querySelectorAll('[data-fault]'))
    showFault(place, [form.elements[place.dataset.fault]], faults[place.dataset.fault]);
  for (const [kind, place] of [
    ['topics', topicRows],
    ['pages', pageRows],
  ])
    [...place.children].forEach((one, i) => {
      showFault(one.querySelector('.fault'), one.querySelectorAll('input'), faults[`${kind}.${i}`]);
    });
}

form.addEventListener('input', draw);
form.addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('[data-copy]'))
  button.addEventListener('click', async () => {
    const done = await copy(document.getElementById(button.dataset.copy));
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    copied.textContent = done ? 'Copied' : 'It is selected: press Ctrl+C, or ⌘C';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 3000);
  });
draw();
form.dataset.ready = 'true';
