// What one writes in an hour: a queue in idb-keyval, a loop that posts, and deletes after a 2xx.
import { del, entries, set } from 'idb-keyval';
import type { Start } from './start.ts';

const PAUSE = 1000; // milliseconds

export const start: Start = (url) => {
  let number = 0;
  let running = false;
  const send = async () => {
    if (running) return;
    running = true;
    try {
      for (let all = await entries(); all.length; all = await entries())
        for (const [key, fact] of all) {
          const answer = await fetch(`${url}/fact`, { method: 'POST', body: JSON.stringify(fact) });
          if (!answer.ok) throw new Error(String(answer.status));
          await del(key);
        }
    } catch (error) {
      console.warn(error);
      setTimeout(send, PAUSE);
    }
    running = false;
  };
  send();
  addEventListener('online', send);
  return async (name, properties) => {
    const key = `${Date.now()}-${String(number++).padStart(6, '0')}`;
    try {
      await set(key, { id: crypto.randomUUID(), name, properties });
      await send();
    } catch (error) {
      console.warn(error);
    }
  };
};
