// A shop that takes Userlike (Lime Connect), and chatstone from npm too from npm.
import { createMessenger } from '@userlike/messenger';
import { init } from 'chatstone';
import { customerio } from 'chatstone/destinations/customerio';
import { userlike } from 'chatstone/sources/userlike';

const chat = { messenger: null };
let mounted;

// What `createMessenger` mounts has no global: the site hands it over.
export function chatstone(options) {
  const { writeKey, apiHost, client, ...rest } = options;
  const stone = init({
    sources: [userlike(chat)],
    destinations: [customerio({ writeKey, apiHost, client })],
    ...rest,
  });
  window.chatstone = (name, ...data) => stone[name](...data);
}

export async function start() {
  if (!document.body) await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  const { value, error } = await createMessenger({ version: 2, widgetKey: 'key' });
  if (error) throw new Error(error);
  mounted = new Promise((done) => {
    value.api.mount().subscribe({
      next(result) {
        chat.messenger = result.value;
        done(result.value);
      },
    });
  });
  await mounted;
}

export const listen = (note) =>
  mounted.then(({ state$ }) => state$.subscribe({ next: ({ state }) => note(state) }));

export const open = () => chat.messenger.maximize();
