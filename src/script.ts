// The script tag's entry: reads the attributes and the JSON block, takes the calls that waited in the stub, and starts.
import { consents } from './consents/index.ts';
import { options as optionsOf } from './core/options.ts';
import { type Chatstone, compose } from './init.ts';
import { fault, guard } from './lib/guard.ts';
import { say } from './lib/say.ts';
import type * as Second from './script-engine.ts';
import { sources } from './sources/index.ts';

type Call = (name: keyof Chatstone, ...rest: unknown[]) => unknown;
interface Stub extends Call {
  q?: ArrayLike<unknown>[];
  started?: boolean;
}

const script = document.currentScript as HTMLScriptElement | null;
const { writeKey, widget = 'auto', global = 'chatstone', debug, ...attributes } = { ...script?.dataset };

/** What only the tag knows, with its defaults. */
const TAG = {
  region: 'us|eu',
  client: 'auto|none',
  names: 'chat|live-chat-spec',
  apiHost: '',
  forms: {},
  destinations: {},
};

/** The JSON block `#chatstone-config`: what an attribute cannot hold. */
function block(): object {
  const text = document.getElementById('chatstone-config')?.textContent;
  try {
    return Object(text ? JSON.parse(text) : {});
  } catch (error) {
    return say(`#chatstone-config is left out: write one JSON object (${(error as Error).message})`) ?? {};
  }
}

const start = guard('start', () => {
  const stub = (window as any)[global] as Stub | undefined;
  if (stub?.started) return; // the tag stands in the page twice
  const { form, ...widgets } = sources;
  const all = Object.keys(widgets) as (keyof typeof widgets)[];
  const wanted = widget.split(/[\s,]+/);
  for (const name of wanted)
    if (![...all, 'auto'].includes(name)) say(`data-widget: there is no ${name}, write one of auto, ${all.join(', ')}`);
  const listening = all.filter((name) => wanted.includes('auto') || wanted.includes(name));

  const known = Object.keys({ ...TAG, consent: 1, anonymous: 1 });
  const given: Record<string, unknown> = block() as Record<string, unknown>;
  for (const name of known) given[name] = attributes[name] ?? given[name];
  const options = optionsOf(given, TAG);
  if (!writeKey && !options.destinations.collector)
    say('data-write-key is missing: write the key of a Customer.io JavaScript source');

  const beside = new URL('chatstone-engine.js', script?.src || location.href).href;
  const chatstone = compose([...listening.map((name) => widgets[name]()), form(options.forms)], consents, options, (parts) =>
    import(beside).then((second: typeof Second) => second.start(parts, { ...options, writeKey }, fault)),
  );
  const call: Stub = (name, ...rest) => {
    const method = Object.keys(chatstone).includes(name) && (chatstone[name] as (...args: unknown[]) => unknown);
    if (method) return method(...rest);
    return say(`there is no call "${String(name)}". The calls are: ${Object.keys(chatstone).join(', ')}.`);
  };
  call.started = true;
  (window as any)[global] = call;
  if (debug !== undefined)
    for (const event of ['signal', 'milestone', 'delivered', 'dropped', 'error'] as const)
      chatstone.on(event, (detail) => console.info('[chatstone]', event, detail));
  for (const [name, ...rest] of Array.from(stub?.q ?? [], (waiting) => Array.from(waiting))) guard('stub', call)(name as keyof Chatstone, ...rest);
});

// A page that is only being prerendered has no visitor yet.
if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', start, { once: true });
else start();
