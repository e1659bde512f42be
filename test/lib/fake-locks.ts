// Web Locks as the specification has them (https://w3c.github.io/web-locks/), in exclusive mode, for one device: happy-dom
// has none. Tabs of a test share one of these.

interface Waiting {
  begin(): void;
}

export function fakeLocks() {
  const holders = new Map<string, { stolen(): void }>();
  const queues = new Map<string, Waiting[]>();

  const grant = (name: string) => {
    if (!holders.has(name)) queues.get(name)?.shift()?.begin();
  };

  async function request(
    name: string,
    { signal, steal }: { signal?: AbortSignal; steal?: boolean },
    work: () => Promise<void>,
  ): Promise<void> {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return new Promise<void>((resolve, reject) => {
      const aborted = () => reject(new DOMException('The request was aborted.', 'AbortError'));
      if (signal?.aborted) return aborted();
      const waiting: Waiting = {
        begin() {
          const holder = { stolen: aborted };
          holders.set(name, holder);
          signal?.removeEventListener('abort', leave);
          const release = () => {
            if (holders.get(name) !== holder) return; // it was stolen
            holders.delete(name);
            grant(name);
          };
          Promise.resolve().then(work).finally(release).then(resolve, reject);
        },
      };
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1);
        aborted();
      };
      if (steal) {
        const before = holders.get(name);
        holders.delete(name);
        before?.stolen();
        return waiting.begin();
      }
      signal?.addEventListener('abort', leave);
      queue.push(waiting);
      grant(name);
    });
  }
  return { request };
}

/** Puts locks, or none, where the page finds them. */
export function installLocks(locks: unknown): void {
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
}

/** Takes them away again. */
export function removeLocks(): void {
  Reflect.deleteProperty(navigator, 'locks');
}
