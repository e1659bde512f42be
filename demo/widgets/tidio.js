// A fake of Tidio, after https://help.tidio.com/hc/en-us/articles/5463607160860-Widget-SDK and what its events carry in
// https://github.com/productdevbook/ahize (src/providers/tidio.ts).
import { createFake } from './fake.js';

export const about = {
  title: 'Tidio',
  link: 'https://help.tidio.com/hc/en-us/articles/5463607160860-Widget-SDK',
  gaps: 'no topic, no assignment, no end, no conversation id. An address left while nobody was there is not told. A line that the page itself puts in as an operator counts as a reply. The scale of the rating (1 to 5) is unverified',
  proof: 'a fake after the documentation',
};

/**
 * Puts Tidio on a page. Nothing of it stands there before its bundle.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, place?: 'data' | 'detail' }} [options] place: where the event of the document carries its payload
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, place = 'data' } = {}) {
  const { document } = window;
  const listeners = [];

  // Each event of the API goes to the document, too.
  const tell = (what, payload) => {
    for (const [name, listener] of [...listeners]) if (name === what) listener(payload);
    const event = new window.CustomEvent(`tidioChat-${what}`, {
      detail: place === 'detail' ? payload : null,
    });
    if (place === 'data') event.data = payload;
    document.dispatchEvent(event);
  };
  const line = (message, fromBot = false) => tell('messageFromOperator', { message, fromBot });
  const card = () => line(''); // a rating, a form, a note: whatever the widget shows is told as an operator's line

  let begun = false;
  let botListens = false;

  const api = {
    on: (name, listener) => listeners.push([name, listener]),
    trigger: tell,
    open: () => fake.open(),
    close: () => fake.close(),
    display() {},
    show() {},
    hide() {},
    messageFromVisitor: (text) => fake.visitor(text),
    messageFromOperator: (text) => line(text),
    setVisitorData() {}, // echoes nothing
    setContactProperties: (properties) => void Object.assign(fake.attributes, properties),
    addVisitorTags() {},
    track() {},
  };

  const fake = createFake(
    'tidio',
    {
      load() {
        window.tidioChatApi = api;
        tell('ready');
        tell('setStatus', 'online');
      },
      open() {
        tell('beforeOpen');
        tell('open');
        tell('popUpShow');
      },
      close() {
        tell('beforeClose');
        tell('close');
        tell('popUpHide');
      },
      prechat({ name, email, phone }) {
        tell('preFormFilled', {
          form_data: { ...(name && { name }), ...(email && { email }), ...(phone && { phone }) },
        });
        line('preChat');
      },
      visitor(text) {
        // Once a day only. The window goes from its home to the chat, which tells that it is open once more.
        if (!begun) {
          tell('open');
          tell('conversationStart');
        }
        begun = true;
        tell('messageFromVisitor', { message: text, fromBot: botListens, type: 'text' });
      },
      agent(text) {
        botListens = false;
        line(text);
      },
      bot(text) {
        botListens = true;
        line(text, true);
      },
      // The form for an address while nobody is there: its card, and the thanks as soon as it is drawn.
      system(text) {
        card();
        window.setTimeout(() => line(text));
      },
      end: card,
      rate(value) {
        tell('messageFromVisitor', {
          message: String(value),
          fromBot: false,
          type: 'satisfaction_survey_rating',
        });
        card();
      },
      // The history is put in without a word.
      replay() {
        tell('setStatus', 'online');
        if (fake.opened) tell('open');
      },
      uninstall() {
        delete window.tidioChatApi;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
