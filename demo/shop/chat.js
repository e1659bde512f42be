// The chat widget of the shop: a fake of a vendor's script (widgets/<vendor>.js), which tells the page what the vendor's would,
// with a chat window drawn over it in which one person can play both sides.
import { chatWindow } from './chat-window.js';
import { widget } from './choices.js';
import { kept } from './kept.js';

const { install } = await import(`/widgets/${widget}.js`);
const conversation = kept('sessionStorage', `ravelgarth-chat-${widget}`, {
  lines: [],
  opened: false,
  step: 'form',
});

const fake = install(window, { late: true });
const view = chatWindow(fake, conversation);
fake.onchange = view.draw;

// A vendor's bundle comes some time after the page.
setTimeout(async () => {
  await fake.load();
  const { lines, opened } = conversation.get();
  if (lines.length || opened) {
    fake.lines.push(...lines);
    fake.opened = opened;
    fake.replay(); // what the vendor's script tells of a conversation that stands already
  }
  document.body.append(view.element);
  view.draw();
}, 400);
