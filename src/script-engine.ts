// The third file of the script tag, loaded beside the first when there is something to tell.
import type { Showing, showing } from './core/showing.ts';
import type { Consent, Destination, Routing } from './core/types.ts';
import { collector } from './destinations/collector.ts';
import { type Client, type CustomerioOptions, customerio } from './destinations/customerio.ts';
import { type Engine, engine, type Parts } from './engine.ts';
import { fault, faults, guard } from './lib/guard.ts';
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
  /** Whether one of them shows the shop's context. */
  shows: boolean;
  /** Loads a file that stands beside the tag, and starts what is in it. */
  beside(what: string, options?: object): Promise<any>;
}

/** Those that are files of their own, with what has to be known of them before they are there. */
const FILES: Record<string, Pick<Destination, 'deliver' | 'eventsOnly' | 'also'>> = {
  segment: { deliver, also: ['audiences'] },
  lytics: { deliver },
  intercom: { deliver, eventsOnly: true },
  livelike: {},
  agents: {},
};
/** The choices that count before anything is handed over. */
const EARLY = /^(milestones|anonymous|consent|holdout|audiences)$/;

async function deliver(): Promise<void> {
  throw new Error('its file is not there');
}

/** An address as it stands in an option: of another site, or a path of this one. */
function address(option: string, given: unknown): string | undefined {
  const made =
    /^(https?:\/\/[^/]|\/)/.test(String(given)) &&
    guard(option, () => new URL(String(given), location.href).href.replace(/\/+$/, ''))();
  if (made) return made;
  return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}

/** @param report counts what fails here where the first file counts */
export function start(
  parts: Parts,
  {
    writeKey,
    region,
    client: through,
    names,
    apiHost,
    destinations: given,
    platforms,
    shows,
    beside,
  }: Delivering,
  report: typeof fault,
): Engine {
  faults.listener = report;
  /** What the site says of a destination, with addresses and a consent as they are asked for. */
  const options = (name: string): Record<string, any> => {
    const own: unknown = given[name];
    const { consent, ...rest }: Record<string, any> = typeof own === 'object' ? { ...own } : {};
    if (rest.apiHost) rest.apiHost = address(`destinations.${name}.apiHost`, rest.apiHost);
    if (consent == null) return rest;
    const named = consent === Object(consent) && platforms(consent).filter((one) => one.name in consent);
    return { ...rest, consent: named || consent };
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
  const others = Object.keys(given).filter(
    (name) => given[name] && !['customerio', 'collector'].includes(name),
  );
  for (const name of others)
    if (!(name in FILES))
      say(`destinations: write some of customerio, collector, ${Object.keys(FILES).join(', ')}`);
  /** Waits for its file without holding up anybody; what it is to get waits with it. */
  const later = (name: string): Destination => {
    const own = options(name);
    const routing = Object.fromEntries(Object.entries(own).filter(([choice]) => EARLY.test(choice)));
    const destination: Destination = { name, routing, ready: () => false, ...FILES[name] };
    beside(`to-${name}`, own)
      .then((loaded: Destination) => {
        const { ready, ...rest } = Object.getOwnPropertyDescriptors(loaded);
        Object.defineProperties(destination, { ...rest, ready: ready ?? { value: undefined } });
        whole.look();
      })
      .catch((error) => fault(name, error));
    return destination;
  };
  destinations.push(...others.filter((name) => name in FILES).map(later));
  const show: typeof showing = (...given) => {
    let made: Showing | undefined;
    beside('showing')
      .then((make: typeof showing) => {
        made = make(...given);
        whole.look();
      })
      .catch((error) => fault('showing', error));
    return { look: async (...what) => made?.look(...what), stop: () => made?.stop() };
  };
  const whole = engine(parts, destinations, shows ? show : undefined);
  return whole;
}
