// The page of a situation: its buttons, and whether what it promises has come.
import { conversationOf } from './chat-kept.js';
import { inSituation, widget } from './choices.js';
import { setWeather } from './collector.js';
import { element } from './element.js';
import { kept } from './kept.js';
import { acts } from './situation-acts.js';
import { beginAnew, facts, watch } from './situation-facts.js';
import { proof } from './situation-proof.js';

const STATES = { wait: 'not yet', yes: 'yes', no: 'otherwise' };
const said = document.getElementById('said');
const list = document.getElementById('proof');
let shown = '';

const attempt = async (work) => {
  try {
    said.textContent = await work();
  } catch (error) {
    said.textContent = `That did not work: ${error.message}`;
  }
  look();
};

for (const button of document.querySelectorAll('[data-act]'))
  button.addEventListener('click', () => attempt(acts[button.dataset.act]));

/** Only what changed is drawn: a screen reader reads out what is new. */
async function look() {
  const now = await facts();
  if (!now) return;
  const lines = proof[inSituation](now);
  const text = JSON.stringify(lines);
  if (text === shown) return;
  shown = text;
  while (list.children.length > lines.length) list.lastChild.remove();
  lines.forEach(({ state, text }, i) => {
    const item = element('li', {}, element('span', { class: 'unseen' }, `${STATES[state]}: `), text);
    item.dataset.state = state;
    const there = list.children[i];
    if (!there) list.append(item);
    else if (!there.isEqualNode(item)) there.replaceWith(item);
  });
}

const LONGEST = 3000; // milliseconds that the deletion of a database is waited for

/** Another visitor, a new chat, fair weather: what an earlier situation has left is gone. */
async function startAfresh() {
  await setWeather();
  conversationOf(widget).set(null);
  kept('localStorage', 'ravelgarth-consent', null).set(null);
  kept('sessionStorage', 'ravelgarth-told', []).set([]);
  beginAnew();
  window.chatstone('consent', 'denied'); // deletes all of its own, the visitor id too; the next page asks anew
  const address = new URL(location.href);
  address.searchParams.delete('fresh');
  // In the stub the calls wait: it is being forgotten when it can be asked how it stands, and a page that goes takes its
  // deletion of the database with it.
  window.chatstone('status', async () => {
    const isThere = async () => (await indexedDB.databases?.())?.some(({ name }) => name === 'chatstone');
    const end = Date.now() + LONGEST;
    while ((await isThere()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    location.replace(address);
  });
}

if (new URLSearchParams(location.search).has('fresh')) attempt(startAfresh);
else {
  watch(look).catch((error) => {
    said.textContent = `The collector does not answer: ${error.message}`;
  });
  setInterval(() => document.hidden || look(), 1000);
}
