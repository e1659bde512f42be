// A home-made widget tells with an event on window, document or any element (docs/custom-widget.md):
// dispatchEvent(new CustomEvent('chatstone', { detail: { widget: 'our-chat', type: 'message', from: 'visitor', text } }))
import type { Source, Stop } from '../core/types.ts';
import { email } from '../lib/email.ts';
import { guard } from '../lib/guard.ts';
import { label } from '../lib/label.ts';
import { on } from '../lib/on.ts';
import { say } from '../lib/say.ts';
import { string } from '../lib/string.ts';

/** Type → its fields; after the bar those that it can do without. Those before it have to be there, one of them for a person. */
const TYPES = new Map([
  ['opened', ''],
  ['message', 'from'],
  ['assigned', '|agent team'],
  ['topic', 'topic'],
  ['ended', ''],
  ['rated', 'score worst best'],
  ['person', 'email phone name'],
]);
const PARTIES = 'visitor agent bot system';

/** A field as it may stand in a signal. */
function clean(field: string, value: unknown) {
  if (/^(score|worst|best)$/.test(field)) return Number.isFinite(value) ? value : undefined;
  if (field === 'from') return PARTIES.split(' ').find((party) => party === value);
  return field === 'email' ? email(value) : label(value);
}

/** What a home-made widget tells. */
export interface HomeMade {
  detail: any;
  /** When that was, in milliseconds, if it is told late. */
  at?: number;
  /** Whether a person had just done something then. */
  gesture?: boolean;
}

const NAME = 'custom';
const onWindow = (hear: (one: HomeMade) => void): Stop =>
  on(NAME, window, { chatstone: ({ detail }: CustomEvent) => hear({ detail }) });

/** @param listen where its events come from: those of the page, if nothing else is said */
export function custom(listen = onWindow): Source {
  return {
    name: NAME,
    tells: [
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_assigned',
      'chat_agent_replied',
      'chat_resolved',
      'chat_csat_submitted',
      'identity',
    ],
    ready: () => true,
    connect(emit) {
      const hear = ({ detail, at, gesture }: HomeMade) => {
        const given = { worst: 1, best: 5, ...detail };
        given.at ??= at;
        const { type, text } = given;
        const [needs, more = ''] = TYPES.get(type)?.split('|') ?? [];
        if (needs === undefined)
          return say(`the event chatstone: write detail.type as one of ${[...TYPES.keys()].join(', ')}`);
        const signal: any = { type };
        if (type === 'opened' && gesture !== undefined) signal.gesture = gesture;
        for (const field of `widget conversation at ${needs} ${more}`.match(/\w+/g)!) {
          const value = clean(field, given[field]);
          if (value !== undefined) signal[field] = value;
        }
        const lacks = needs.split(' ').filter((field) => field && !(field in signal)).length;
        if (type === 'person' ? lacks > 2 : lacks)
          return say(
            `the event chatstone: ${type} needs ${needs.replace(/ /g, ', ')}${needs === 'from' ? `: ${PARTIES}` : ''}`,
          );
        emit(signal, signal.from === 'visitor' ? string(text) : undefined);
      };
      return listen(guard(NAME, hear));
    },
  };
}
