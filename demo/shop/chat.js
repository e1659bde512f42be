// The chat widget of the shop: a fake of a vendor's script (widgets/<vendor>.js), which tells the page what the vendor's would,
// with a chat window drawn over it in which one person can play both sides.
import { conversationOf } from './chat-kept.js';
import { chatWindow } from './chat-window.js';
import { widget } from './choices.js';

const LATE = 400; // milliseconds after the page, as a vendor's bundle is
const UNASKED = 1500; // milliseconds after the click in the live view, which no longer counts as a gesture then

const { install } = await import(`/widgets/${widget}.js`);
export const fake = install(window, { late: true, page: '/chat-frame.html' });

document.addEventListener('popup', () => setTimeout(() => fake.popup(), UNASKED));

setTimeout(async () => {
  if (widget !== 'rocket-chat') return draw();
  await fake.load(); // Rocket.Chat's own host script makes the iframe; chat-frame.js draws the window in it
}, LATE);

async function draw() {
  const conversation = conversationOf(widget);
  const view = chatWindow(fake, conversation);
  fake.onchange = view.draw;
  await fake.load();
  const { lines, opened } = conversation.get();
  if (lines.length || opened) {
    fake.lines.push(...lines);
    fake.opened = opened;
    fake.replay(); // what the vendor's script tells of a conversation that stands already
  }
  document.body.append(view.element);
  view.draw();
}
