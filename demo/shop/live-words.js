// What happened, as entries of the feed: `{ kind, at, text, widget?, detail? }`.

const SHOWN = ['topic', 'is_bot', 'csat_score', 'sentiment', 'agent_team', 'product_sku', 'order_id'];

export const ofPage = (title) => ({ kind: 'page', at: Date.now(), text: title.split(' · ')[0] });

export const ofSignal = ({ widget, signal = {}, at = Date.now(), why }) => ({
  kind: 'signal',
  at,
  widget,
  text: inWords(signal),
  detail: why && `no milestone: ${why}`,
});

export const ofMilestone = ({ name, properties = {}, timestamp, messageId }) => ({
  kind: 'milestone',
  at: timestamp ?? Date.now(),
  widget: properties.widget,
  text: name,
  detail: facts(properties),
  messageId,
  conversation: properties.conversation_id,
});

export const ofDelivered = ({ destination, messages = [] }) => ({
  kind: 'delivered',
  at: Date.now(),
  widget: destination,
  text: `${messages.length} delivered`,
  detail: names(messages),
});

export const ofDropped = ({ destination, reason = 'unknown', messages = [] }) => ({
  kind: 'dropped',
  at: Date.now(),
  widget: destination,
  text: `dropped: ${reason}`,
  detail: names(messages),
});

export const ofError = ({ place, message = 'error' }) => ({
  kind: 'error',
  at: Date.now(),
  widget: place,
  text: message,
});

/** A request that the collector did not take, for a fault of its own and not for the weather. */
export const ofRefusal = ({ at, errors, messages = [] }) => ({
  kind: 'error',
  at,
  widget: 'collector',
  text: `refused: ${errors[0].reason}`,
  detail: names(messages),
});

function inWords({ type = 'signal', from, team, topic, score, by, email }) {
  if (type === 'message') return `message from ${from}`;
  if (type === 'assigned') return team ? `assigned to ${team}` : 'assigned';
  if (type === 'topic') return `topic: ${topic}`;
  if (type === 'rated') return `rated ${score}`;
  if (type === 'person')
    return ['person', email && 'with an e-mail', by && `by ${by}`].filter(Boolean).join(', ');
  return type;
}

const facts = (properties) =>
  SHOWN.filter((name) => properties[name] !== undefined)
    .map((name) => `${name}: ${properties[name]}`)
    .join(' · ');

function names(messages) {
  const counts = new Map();
  for (const { event, type } of messages) counts.set(event ?? type, (counts.get(event ?? type) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} × ${count}` : name)).join(', ');
}
