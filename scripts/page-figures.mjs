// The figures in docs/page.json: medians over its rounds, for the page and the plot.

export const TITLES = {
  none: 'no script',
  empty: 'an empty script, no widget',
  waiting: 'chatstone, no widget',
  chatstone: 'chatstone',
  customerio: 'Customer.io’s client',
  segment: 'Segment',
  rudderstack: 'RudderStack',
  snowplow: 'Snowplow',
  posthog: 'PostHog',
  clarity: 'Clarity',
};
export const CLIENTS = Object.keys(TITLES);
/** Those that tell of a chat. */
export const SCRIPTS = CLIENTS.slice(3);

/** The middle of some numbers; undefined where one is not there. @param {(number | null | undefined)[]} all */
export function median(all) {
  if (!all.length || all.some((one) => typeof one !== 'number')) return undefined;
  const sorted = [...all].sort((one, other) => one - other);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/**
 * A median of one client on one CPU: of a `first` visit, one `again`, or a `talk`.
 * @param {{ rounds: any[] }} result docs/page.json
 */
export const figure = ({ rounds }, client, cpu, kind, name) =>
  median(rounds.map((round) => round[client][cpu][kind]?.[name]));

/** Running script, and compiling it. */
export const scripting = (result, client, cpu, kind) =>
  figure(result, client, cpu, kind, 'script') + figure(result, client, cpu, kind, 'compile');
