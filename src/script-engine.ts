// The second file of the script tag, loaded beside the first when there is something to tell.
import type { Consent, Destination, Routing } from './core/types.ts';
import { collector } from './destinations/collector.ts';
import { type Client, type CustomerioOptions, customerio } from './destinations/customerio.ts';
import { type Engine, engine, type Parts } from './engine.ts';
import { fault, faults } from './lib/guard.ts';
import { say } from './lib/say.ts';
import { sibling } from './lib/sibling.ts';

/** A destination's options in the JSON block: a consent of its own is a platform's option, by the platform's name. */
type Given = Omit<Routing, 'consent'> & { consent?: 'manual' | Record<string, object> } & Record<
    string,
    unknown
  >;

/** Where the tag wants things delivered. */
export interface Delivering extends Pick<CustomerioOptions, 'region' | 'client' | 'names' | 'apiHost'> {
  writeKey?: string;
  destinations: Record<string, Given>;
  /** Makes the consent platforms, with options by name. */
  platforms: (options: Record<string, object>) => readonly Consent[];
  /** Loads a file that stands beside the tag, and starts what is in it. */
  beside(what: string, options?: object): Promise<any>;
}

/** Those that are files of their own, and whether they take messages; the others show what is known. */
const FILES: Record<string, boolean> = {
  segment: true,
  lytics: true,
  intercom: true,
  livelike: false,
  agents: false,
};
const PATIENCE = 1000; // milliseconds

/** An address as it stands in an option: of another site, or a path of this one. */
function address(option: string, given: unknown): string | undefined {
  if (/^(https?:\/\/[^/]|\/)/.test(String(given)))
    return new URL(String(given), location.href).href.replace(/\/+$/, '');
  return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}

/** A destination of a file of its own. Where that does not come in time, what it is to get waits for the next page. */
async function bring(name: string, options: object, beside: Delivering['beside']): Promise<Destination> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('its file does not come')), PATIENCE);
  });
  try {
    return await Promise.race([beside(`to-${name}`, options), late]);
  } catch (error) {
    fault(name, error);
    const deliver = () => Promise.reject(error);
    return { name, routing: options, ready: () => false, ...(FILES[name] && { deliver }) };
  } finally {
    clearTimeout(timer);
  }
}

/** @param report counts what fails here where the first file counts */
export async function start(
  parts: Parts,
  { writeKey, region, client: through, names, apiHost, destinations: given, platforms, beside }: Delivering,
  report: typeof fault,
): Promise<Engine> {
  faults.listener = report;
  /** What the site says of a destination, with addresses and a consent as they are asked for. */
  const options = (name: string): Record<string, any> => {
    const { consent, ...rest } = Object(given[name]);
    if (rest.apiHost) rest.apiHost = address(`destinations.${name}.apiHost`, rest.apiHost);
    return consent ? { ...rest, consent: consent === Object(consent) ? platforms(consent) : consent } : rest;
  };
  const destinations: Destination[] = [];
  if (writeKey) {
    const client = sibling(import.meta.url, 'chatstone-customerio.js').href;
    const load = (key: string) =>
      import(client).then((module: { load(key: string): Promise<Client> }) => module.load(key));
    destinations.push(
      customerio({
        names,
        ...options('customerio'),
        writeKey,
        region,
        client: through,
        apiHost: address('data-api-host', apiHost),
        load,
      }),
    );
  }
  const { collector: own } = given;
  const url = own && address('destinations.collector.url', own.url ?? own);
  if (url) destinations.push(collector({ ...options('collector'), url }));
  const others = Object.keys(given).filter((name) => !['customerio', 'collector'].includes(name));
  for (const name of others)
    if (!(name in FILES))
      say(`destinations: write some of customerio, collector, ${Object.keys(FILES).join(', ')}`);
  const brought = others.filter((name) => name in FILES).map((name) => bring(name, options(name), beside));
  destinations.push(...(await Promise.all(brought)));
  const shows = destinations.some(({ show }) => show) && (await beside('showing').catch(() => undefined));
  return engine(parts, destinations, shows || undefined);
}
