// A shop that takes Front Chat from npm.
import { boot } from 'front-chat-sdk/helpers';

// There is no queue: what the site says, it says when Front has come and its window is set up.
let ready;

export async function start() {
  if (!document.body) await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  ready = boot().then(
    (front) =>
      new Promise((done) => {
        front('init', { chatId: 'chat-1', onInitCompleted: () => done(front) });
      }),
  );
  await ready;
}

export async function listen(note) {
  const front = await ready;
  front('onWindowVisibilityChanged', () => note('visibility'));
  front('onUnreadChange', () => note('unread'));
}

export const open = () => window.FrontChat('show');
