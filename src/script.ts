// The script tag's entry: reads the attributes and the JSON block, takes the calls that waited in the stub, and starts.
import { consents } from './consents/index.ts';
import type { Engine, Parts } from './engine.ts';
import { type Chatstone, compose, type Listening } from './init.ts';
import { fault, guard } from './lib/guard.ts';
import { say } from './lib/say.ts';
import type { Delivering } from './script-engine.ts';
import type { FormOptions } from './sources/form.ts';
import { sources } from './sources/index.ts';

/** The JSON block `#chatstone-config`: the options of `init`, and what else an attribute cannot hold. */
interface Config extends Omit<Listening, 'sources' | 'consents'> {
  forms?: FormOptions;
  names?: 'chat' | 'live-chat-spec';
  destinations?: { collector?: { url: string } };
}

type Call = (name: keyof Chatstone, ...rest: unknown[]) => unknown;
interface Stub extends Call {
  q?: ArrayLike<unknown>[];
  started?: boolean;
}

const script = document.currentScript as HTMLScriptElement | null;
const { writeKey, region, apiHost, widget, anonymous, client, consent, global = 'chatstone', debug } = { ...script?.dataset };

function config(): Config {
  const block = document.getElementById('chatstone-config');
  if (!block) return {};
  try {
    const read = JSON.parse(block.textContent || '{}');
    if (read && typeof read === 'object' && !Array.isArray(read)) return read;
    say('the block #chatstone-config must hold one JSON object { … }. It is left out.');
  } catch (error) {
    say(`the block #chatstone-config is no JSON (${(error as Error).message}). It is left out.`);
  }
  return {};
}

/** The attribute's value if it is one of these, else the first of them. */
function oneOf<const T extends string>(name: string, given: string | undefined, values: readonly T[]): T {
  if (given === undefined || values.includes(given as T)) return (given as T) ?? values[0]!;
  say(`data-${name} must be ${values.map((value) => `"${value}"`).join(' or ')}. It keeps its default.`);
  return values[0]!;
}

function address(given: string | undefined): string | undefined {
  if (!given) return undefined;
  try {
    return new URL(given, location.href).href.replace(/\/+$/, '');
  } catch (error) {
    say(`data-api-host must be an address such as "https://events.example.com" (${(error as Error).message}).`);
    return undefined;
  }
}

const start = guard('start', () => {
  const stub = (window as any)[global] as Stub | undefined;
  if (stub?.started) return; // the tag stands in the page twice
  const { forms, names, destinations: others = {}, ...options } = config();
  const { form, ...widgets } = sources;
  const all = Object.keys(widgets) as (keyof typeof widgets)[];
  const wanted = (widget ?? 'auto').split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => name !== 'auto' && !all.includes(name as (typeof all)[number]));
  if (unknown.length) say(`data-widget knows no "${unknown.join(', ')}". It knows auto, ${all.join(', ')}.`);
  const listening = all.filter((name) => wanted.includes('auto') || wanted.includes(name));

  if (!writeKey && !others.collector) say('data-write-key is missing: put the write key of a Customer.io JavaScript source there.');
  const delivering: Delivering = {
    writeKey,
    region: oneOf('region', region, ['us', 'eu']),
    apiHost: address(apiHost),
    client: oneOf('client', client, ['auto', 'none']),
    names: oneOf('names', names as string, ['chat', 'live-chat-spec']),
    collector: others.collector,
  };
  const beside = new URL('chatstone-engine.js', script?.src || location.href).href;
  const chatstone = compose(
    {
      ...options,
      ...(anonymous && { anonymous: anonymous as 'hold' }),
      ...(consent && { consent }),
      sources: [...listening.map((name) => widgets[name]()), form(forms)],
      consents,
    },
    (parts) =>
      import(beside).then(({ start }: { start(parts: Parts, how: Delivering, faulted: typeof fault): Engine }) =>
        start(parts, delivering, fault),
      ),
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
