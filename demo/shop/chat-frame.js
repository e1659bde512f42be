// The page in the iframe that Rocket.Chat's own host script makes: the same chat window over the stand-in of its app.
import { livechat } from '/widgets/rocket-chat/livechat.js';
import { conversationOf } from './chat-kept.js';
import { chatWindow } from './chat-window.js';

const kept = conversationOf('rocket-chat');
const post = (data) => parent.postMessage(data, location.origin);

const { app, lines } = kept.get();
const fake = livechat(post, app);
fake.lines.push(...lines);

const view = chatWindow(fake, { get: kept.get, set: (value) => kept.set({ ...value, app: fake.keep() }) });
fake.onchange = () => {
  view.draw();
  const { lines, opened, loaded } = fake;
  post({ src: 'livechat-stand-in', state: { lines, opened, loaded } });
};

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return;
  fake.receive(data);
  if (data?.src === 'livechat-stand-in' && data.verb) fake[data.verb](...data.args);
});
// As the app does when its tab is looked at again.
document.addEventListener('visibilitychange', () => {
  if (fake.opened) post({ src: 'rocketchat', fn: 'openWidget', args: [] });
});

document.body.append(view.element);
fake.load();
fake.onchange();
