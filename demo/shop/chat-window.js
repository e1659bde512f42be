import { element, markup } from './element.js';

const QUICK = ['Does the M run small?', 'Where is my order?', 'Can I send it back?', 'Is it itchy?'];
const DEPARTMENTS = ['Sizing', 'Shipping', 'Returns', 'Something else'];
const NOOR = { id: 'agent-7', name: 'Noor', team: 'Mill desk' };
const REPLIES = [
  'Hello, Noor here. Give me a moment and I will hold one against the tape.',
  'It falls true to size. Between two, I would take the larger one.',
  'Gladly. Anything else while I am at the shelf?',
];
const LATER = 1500; // milliseconds
const NAMES = { tawk: 'tawk.to', crisp: 'Crisp', intercom: 'Intercom', 'rocket-chat': 'Rocket.Chat' };
const THUMBS = [
  ['Bad', 0],
  ['Good', 1],
];
const SCALES = {
  livechat: THUMBS,
  'livechat-legacy': THUMBS,
  'zendesk-classic': THUMBS,
  tawk: [
    ['−1', -1],
    ['0', 0],
    ['+1', 1],
  ],
}; // else one to five
const FIVE = [1, 2, 3, 4, 5].map((value) => [String(value), value]);

/**
 * Draws a chat window over a fake widget.
 * @param {import('../widgets/fake.js').Fake} fake
 * @param {{ get(): any, set(value: any): void }} conversation what outlives a reload: lines, opened, step
 *   (`form`, `talk` or `ended`)
 */
export function chatWindow(fake, conversation) {
  let { step } = conversation.get();
  let drawn = 0; // lines that stand in the log
  let read = fake.lines.length; // lines that the visitor has seen
  let replies = 0;
  const vendor = NAMES[fake.name] ?? fake.name;

  const go = (next) => {
    step = next;
    draw();
  };

  // The launcher
  const unread = element('span', { class: 'unread', role: 'status' });
  const launcher = element(
    'button',
    {
      type: 'button',
      class: 'launcher',
      onclick: () => toggle(!fake.opened),
      'aria-controls': 'chat-window',
    },
    markup(
      '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v11h-9l-5 4v-4H4Z"/><path class="dots" d="M8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01"/></svg>',
    ),
    element('span', { class: 'unseen' }, 'Chat with the shop'),
    unread,
  );

  // What was said
  const log = element('div', { class: 'log', role: 'log', ariaLabel: 'Conversation', tabIndex: 0 });

  // The form before the chat
  const form = element(
    'form',
    {
      class: 'prechat',
      onsubmit(event) {
        event.preventDefault();
        const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
        step = 'talk';
        if (Object.keys(fields).length) fake.prechat(fields);
        draw();
        message.focus();
      },
    },
    element('p', {}, 'Leave an e-mail and we can answer after hours, too.'),
    field('Name', { name: 'name', autocomplete: 'given-name' }),
    field('E-mail', { name: 'email', type: 'email', autocomplete: 'email' }),
    element(
      'label',
      {},
      'It is about',
      element(
        'select',
        { name: 'department' },
        element('option', { value: '' }, 'anything'),
        DEPARTMENTS.map((name) => element('option', {}, name)),
      ),
    ),
    element(
      'p',
      { class: 'actions' },
      element('button', { class: 'button' }, 'Start the chat'),
      element(
        'button',
        {
          type: 'button',
          class: 'button quiet',
          onclick() {
            go('talk');
            message.focus();
          },
        },
        'Skip',
      ),
    ),
  );

  // What the visitor says
  const message = element('textarea', {
    rows: 1,
    ariaLabel: 'Your message',
    placeholder: 'Write a message',
    onkeydown(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      composer.requestSubmit();
    },
  });
  const say = (text) => {
    step = 'talk';
    fake.visitor(text);
    draw();
    message.focus();
  };
  const quick = element(
    'div',
    { class: 'quick' },
    QUICK.map((text) => element('button', { type: 'button', onclick: () => say(text) }, text)),
  );
  const composer = element(
    'form',
    {
      class: 'composer',
      onsubmit(event) {
        event.preventDefault();
        const text = message.value.trim();
        message.value = '';
        if (text) say(text);
      },
    },
    message,
    element(
      'button',
      { class: 'send', ariaLabel: 'Send' },
      markup('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12 20 4 14 20 11 13Z"/></svg>'),
    ),
  );

  const rating = element(
    'fieldset',
    { class: 'rating' },
    element('legend', {}, 'The chat has ended. How was it?'),
    (SCALES[fake.name] ?? FIVE).map(([label, value]) =>
      element(
        'button',
        {
          type: 'button',
          onclick() {
            fake.rate(value);
            aside(`You rated it ${label}`);
          },
        },
        label,
      ),
    ),
  );

  // The other side of the counter
  const act = (label, onclick) => element('button', { type: 'button', onclick }, label);
  const agent = element(
    'details',
    { class: 'agent' },
    element('summary', {}, 'Play the agent'),
    element(
      'div',
      { class: 'quick' },
      act('Joins', () => {
        fake.assign(NOOR);
        aside('Noor joined');
      }),
      act('Replies', () => fake.agent(REPLIES[replies++ % REPLIES.length], NOOR)),
      act('Replies later', () => {
        toggle(false); // some widgets tell of a reply only while their window is closed
        setTimeout(() => fake.agent(REPLIES[replies++ % REPLIES.length], NOOR), LATER);
      }),
      act('Bot replies', () => fake.bot('While you wait: most answers stand in the size guide.')),
      act('System line', () => fake.system('You are first in the queue.')),
      act('Tags “sizing”', () => {
        fake.tag('sizing');
        aside('Tagged: sizing');
      }),
      act('Ends the chat', () => {
        fake.end();
        go('ended');
      }),
    ),
    element('p', {}, `What ${vendor} does not tell a page happens in this window only.`),
  );

  const dialog = element(
    'section',
    {
      class: 'chat-window',
      id: 'chat-window',
      role: 'dialog',
      ariaLabel: 'Chat with the shop',
      onkeydown(event) {
        if (event.key === 'Escape') toggle(false);
      },
    },
    element(
      'header',
      {},
      element('div', {}, element('b', {}, 'Ravelgarth'), element('span', {}, `over ${vendor}`)),
      element(
        'button',
        { type: 'button', class: 'plain', ariaLabel: 'Close the chat', onclick: () => toggle(false) },
        '×',
      ),
    ),
    log,
    form,
    rating,
    quick,
    composer,
    agent,
  );

  /** A line that only this window knows. */
  function aside(text) {
    fake.lines.push({ from: 'system', text });
    draw();
  }

  function toggle(open) {
    if (!fake.loaded) return;
    if (open) fake.open();
    else fake.close();
    draw();
    if (!open) launcher.focus();
    else if (step === 'form') form.elements.name.focus();
    else message.focus();
  }

  function draw() {
    if (step === 'form' && fake.lines.some(({ from }) => from === 'visitor')) step = 'talk';
    if (fake.opened) read = fake.lines.length;
    const news = fake.lines.slice(read).filter(({ from }) => from === 'agent' || from === 'bot').length;
    unread.textContent = news ? `${news}` : '';
    launcher.setAttribute('aria-expanded', String(fake.opened));
    dialog.hidden = !fake.opened;
    form.hidden = step !== 'form';
    composer.hidden = step === 'form';
    rating.hidden = step !== 'ended';
    quick.hidden = step === 'form' || fake.lines.some(({ from }) => from === 'visitor');
    if (drawn > fake.lines.length) {
      log.replaceChildren();
      drawn = 0;
    }
    const more = fake.lines.slice(drawn);
    log.append(...more.map(bubble));
    drawn = fake.lines.length;
    log.hidden = drawn === 0 && step === 'form';
    if (more.length || !dialog.hidden) log.scrollTop = log.scrollHeight;
    conversation.set({ lines: fake.lines, opened: fake.opened, step });
  }

  return { element: element('div', { class: 'chat', 'data-vendor': fake.name }, dialog, launcher), draw };
}

function bubble({ from, text, name }) {
  const who = { agent: name ?? 'Agent', bot: 'Bot' }[from];
  return element(
    'div',
    { 'data-from': from },
    who && element('span', { class: 'who' }, who),
    element('p', {}, text),
  );
}

function field(label, props) {
  return element('label', {}, label, element('input', props));
}
