// The second file of the script tag, loaded beside the first when there is something to tell.
import type { Destination } from './core/types.ts';
import { collector } from './destinations/collector.ts';
import { type Client, type CustomerioOptions, customerio } from './destinations/customerio.ts';
import { type Engine, engine, type Parts } from './engine.ts';
import { faults } from './lib/guard.ts';
import { say } from './lib/say.ts';
import { sibling } from './lib/sibling.ts';

/** Where the tag wants things delivered. */
export interface Delivering extends Pick<CustomerioOptions, 'region' | 'client' | 'names' | 'apiHost'> {
  writeKey?: string;
  destinations: { collector?: { url: string } };
}

/** An address as it stands in an option: of another site, or a path of this one. */
function address(option: string, given: unknown): string | undefined {
  if (/^(https?:\/\/[^/]|\/)/.test(String(given)))
    return new URL(String(given), location.href).href.replace(/\/+$/, '');
  return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}

/** @param fault counts what fails here where the first file counts */
export function start(
  parts: Parts,
  { writeKey, region, client, names, apiHost, destinations: { collector: own } }: Delivering,
  fault: (place: string, error: unknown) => void,
): Engine {
  faults.listener = fault;
  const destinations: Destination[] = [];
  if (writeKey) {
    const beside = sibling(import.meta.url, 'chatstone-customerio.js').href;
    const load = (key: string) =>
      import(beside).then((module: { load(key: string): Promise<Client> }) => module.load(key));
    destinations.push(
      customerio({ writeKey, region, client, names, apiHost: address('data-api-host', apiHost), load }),
    );
  }
  const url = own && address('destinations.collector.url', own.url ?? own);
  if (url) destinations.push(collector({ url }));
  return engine(parts, destinations);
}
