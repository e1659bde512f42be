// What Zendesk's two widgets have in common on a page: the snippet's function, which queues and does not say which of the two
// will come, and the one by which the bundle of either replaces it.

/**
 * Puts the snippet's function there, unless it stands already.
 *
 * @param {Window & Record<string, any>} window
 */
export function snippet(window) {
  if (typeof window.zE === 'function') return;
  const stub = (...args) => {
    stub._.push(args);
  };
  stub._ = [];
  stub.t = Date.now();
  window.zE = window.zEmbed = stub;
}

/**
 * The bundle takes the snippet's place, and runs what stood in its queue.
 *
 * @param {Window & Record<string, any>} window
 * @param {'messenger' | 'classic'} product
 * @param {Record<string, Record<string, (...args: any[]) => any>>} api scope → method → work
 * @param {(error: unknown) => void} complain of a word in the queue that the product does not know
 */
export function arrive(window, product, api, complain) {
  const ze = (scope, method, ...args) => {
    if (typeof scope === 'function') return scope();
    const work = Object.hasOwn(api, scope) && Object.hasOwn(api[scope], method) && api[scope][method];
    if (!work) throw new Error(`Method ${scope}.${method} does not exist.`);
    return work(...args);
  };
  const early = window.zE;
  Object.assign(ze, { widget: product, version: '0' }, early); // with all that the stub had on it
  window.zE = window.zEmbed = ze;
  window.zEACLoaded = true;
  for (const args of early._ ?? [])
    try {
      ze(...args);
    } catch (error) {
      complain(error);
    }
}

/** @param {Window & Record<string, any>} window */
export function leave(window) {
  delete window.zE;
  delete window.zEmbed;
  delete window.zEACLoaded;
}
