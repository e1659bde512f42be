// A shop that takes LiveLike from npm.
import LiveLike from '@livelike/engagementsdk';

export async function start() {
  if (!document.body) await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  await LiveLike.init({ clientId: 'shop' });
}

export function listen(note) {
  for (const event of ['roomentered', 'messagesent', 'messagereceived'])
    document.addEventListener(event, () => note(event));
}

export function open() {
  const chat = document.createElement('livelike-chat');
  chat.setAttribute('roomid', 'room-1');
  document.body.append(chat);
}
