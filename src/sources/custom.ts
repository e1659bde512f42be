// A home-made widget tells with an event on window, document or any element (docs/custom-widget.md):
// dispatchEvent(new CustomEvent('chatstone', { detail: { widget: 'our-chat', type: 'message', from: 'visitor', text } }))
import type { Source } from '../core/types.ts';
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

/** @param early what was told before this was there */
export function custom(early?: () => readonly CustomEvent[]): Source {
  const name = 'custom';
  return {
    name,
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
      const hear = guard(name, ({ detail }: CustomEvent, at?: number) => {
        const given = { worst: 1, best: 5, at, ...detail };
        const { type, text } = given;
        const [needs, more = ''] = TYPES.get(type)?.split('|') ?? [];
        if (needs === undefined)
          return say(`the event chatstone: write detail.type as one of ${[...TYPES.keys()].join(', ')}`);
        const signal: any = { type };
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
      });
      const ago = ({ timeStamp }: Event) => performance.now() - timeStamp; // milliseconds
      for (const event of early?.() ?? []) hear(event, Date.now() - ago(event));
      return on(name, window, { chatstone: (event: CustomEvent) => hear(event) });
    },
  };
}
