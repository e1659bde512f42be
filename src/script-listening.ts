// The second file of the script tag, loaded beside the first when there is something to hear: it listens and keeps.
import type { Chatstone } from './calls.ts';
import { compose } from './compose.ts';
import { all, PLATFORMS } from './consents/index.ts';
import { options as optionsOf } from './core/options.ts';
import type { Source } from './core/types.ts';
import { fault, faults } from './lib/guard.ts';
import { said } from './lib/say.ts';
import type { Started } from './script.ts';
import type * as Engine from './script-engine.ts';
import { formed, signsOf } from './script-signs.ts';
import { onDemand } from './script-sources.ts';
import { custom, type HomeMade } from './sources/custom.ts';

/** What the first file has read and made. */
export interface Given {
  writeKey: string | undefined;
  /** The widgets to listen to, and whether the site names them. */
  widgets: readonly string[];
  named: boolean;
  /** Sources that are there. */
  present: Readonly<Record<string, Source>>;
  /** The tag's attributes, and the JSON block. */
  attributes: Readonly<Record<string, string | undefined>>;
  given: Readonly<Record<string, unknown>>;
  /** Whether the page has denied consent so far. */
  denied: () => boolean;
  /** Loads a file that stands beside the tag, and starts what is in it. */
  beside<M extends Started>(
    what: string,
    ...given: Parameters<M['start']>
  ): Promise<Awaited<ReturnType<M['start']>>>;
}

/** What only the tag knows, with its defaults. */
const TAG = {
  consent: ['auto', 'granted', 'manual', ...Object.keys(PLATFORMS)].join('|'),
  region: 'us|eu',
  client: 'auto|none',
  names: 'chat|live-chat-spec',
  anonymous: 'hold|send',
  apiHost: '',
  forms: {},
  consents: {},
  destinations: {},
};

/**
 * @param failed how often what has failed in the first file; what fails there from now on is to be told to `fault`
 * @param told what was said there
 */
export function start(
  { writeKey, widgets, named, present, attributes, given: block, denied, beside }: Given,
  failed: Readonly<Record<string, number>>,
  told: Iterable<string>,
): { chatstone: Chatstone; fault: typeof fault; homeMade(one: HomeMade): void } {
  Object.assign(faults.counts, failed);
  for (const sentence of told) said.add(sentence);
  const given: Record<string, unknown> = { ...block };
  for (const name of Object.keys(TAG)) given[name] = attributes[name] ?? given[name]; // other tools leave attributes too
  const options = optionsOf(given, TAG);

  /** A source that is a file of its own. */
  const file = (name: string, look: () => void, own: unknown, sign: () => unknown, wake?: string[]): Source =>
    onDemand(
      name,
      sign,
      () => beside<{ start(own: unknown, report: typeof fault): Source }>(name, own, fault),
      look,
      wake,
    );
  const shows = ['agents', 'intercom', 'livelike'].some((name) => options.destinations[name]);
  let hear: ((one: HomeMade) => void) | undefined;
  let come = false; // a home-made widget is there once it has told something
  let lookNow: () => void;
  const home: Source = {
    ...custom((hears) => {
      hear = hears;
      return () => {
        hear = undefined;
      };
    }),
    ready: () => named || come,
  };
  const chatstone = compose(
    (look) => {
      lookNow = look;
      return [
        ...widgets.map((name) =>
          name === 'custom'
            ? home
            : (present[name] ?? file(name, look, undefined, () => named || signsOf(name).length)),
        ),
        file('form', look, options.forms, () => formed(options.forms), ['pointerdown', 'focusin']),
      ];
    },
    all(options.consents),
    options,
    (parts) =>
      beside<typeof Engine>(
        'engine',
        parts,
        {
          ...options,
          writeKey,
          platforms: all,
          shows,
          beside: (what, given) =>
            beside<{ start(given: unknown, report: typeof fault): any }>(what, given, fault),
        },
        fault,
      ),
    shows,
    denied,
  );
  return {
    chatstone,
    fault,
    homeMade(one) {
      come = true;
      if (!hear) lookNow();
      hear?.(one);
    },
  };
}
