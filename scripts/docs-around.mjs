// What samples of the documentation need around them: what a shop system fills in, and what the reader's own page has.

/** What fills the places that a template leaves open; in the order of the list. */
const FILLED = [
  [/\{\{#if customer\}\}|\{\{\/if\}\}|\{if \$customer\.is_logged\}|\{\/if\}/g, ''], // BigCommerce, PrestaShop: somebody is logged in
  [/\{\{\{json customer\.email\}\}\}|\{\$customer\.email\|json_encode nofilter\}/g, '"ada@example.com"'],
  [/\{\{\{json .*?\}\}\}|\{\$[\w.]+\|json_encode nofilter\}/g, '"7"'],
];

/**
 * A sample as it comes out of the shop's template, with the real hashes in the places for them.
 *
 * @param {string} text
 * @param {Record<string, string>} hashes by file name
 */
export function filled(text, hashes) {
  const whole = FILLED.reduce((now, [open, value]) => now.replace(open, value), text);
  return whole.replace(/([\w-]+\.js)(": "|" integrity=")sha384-…/g, (all, file, between) =>
    hashes[file] ? `${file}${between}${hashes[file]}` : all,
  );
}

/** JavaScript that stands before a sample which asks for it by `<!-- sample: with NAME -->`. */
export const AROUND = {
  /** React runs effects twice in StrictMode, with the cleanup between. */
  react: `const useEffect = (effect) => { const stop = effect(); stop(); effect(); };`,
  /** A banner of the site's own, which is answered with yes. */
  banner: `const myBanner = { onChange: (tell) => { const timer = setTimeout(tell, 50, true); return () => clearTimeout(timer); } };`,
  /** A chat of the site's own. */
  chat: `const ourChat = Object.assign(new EventTarget(), { id: 'c-12' });
setTimeout(() => { for (const name of ['open', 'visitor', 'agent', 'close']) ourChat.dispatchEvent(Object.assign(new Event(name), { text: 'Where is my order?' })); }, 50);`,
};
