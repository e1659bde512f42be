// What a strict receiver refuses, and what Customer.io takes and then swallows in silence.
// Its own API is permissive unless asked to be strict: https://docs.customer.io/integrations/api/cdp/

/**
 * @typedef {{ index?: number, messageId?: string, reason: string }} Remark
 * @typedef {Record<string, any>} Message one message as it was sent
 * @typedef {{ status: number, messages: Message[], sentAt?: string, errors: Remark[] }} Judgement
 */

export const MESSAGE_LIMIT = 32 * 1024; // bytes
export const BATCH_LIMIT = 500 * 1024; // bytes

/** The last letter of the path names the call; the batch takes every type. */
const CALLS = { t: 'track', i: 'identify', p: 'page', g: 'group', a: 'alias' };
const TYPES = [...Object.values(CALLS), 'screen'];

const PERSON_KEYS = ['recipient', 'from_address', 'reply_to']; // they address an e-mail
const PAGE_KEYS = ['path', 'referrer', 'search', 'title', 'url']; // they overwrite context.page

const DAY = 24 * 60 * 60 * 1000;
const FIRST_MILLISECONDS = 1e11; // as seconds that would be the year 5138

/**
 * Reads a request body and finds what is wrong with it.
 * @param {string} call the last part of the path: b, t, i, p, g or a
 * @param {string} body
 * @returns {Judgement}
 */
export function judge(call, body) {
  const envelope = parse(body);
  if (!isObject(envelope)) return refused(400, [], [{ reason: 'the body is not a JSON object' }]);

  const messages = call === 'b' ? envelope.batch : [envelope];
  if (!Array.isArray(messages) || messages.length === 0) {
    return refused(400, [], [{ reason: 'batch is not a list of messages' }]);
  }
  const { writeKey, sentAt } = envelope;
  if (typeof writeKey !== 'string' || writeKey === '' || writeKey === 'bad-key') {
    return refused(401, messages, [{ reason: 'the write key is missing or unknown' }]);
  }
  if (bytes(body) > BATCH_LIMIT) {
    return refused(400, messages, [{ reason: `the request is larger than ${BATCH_LIMIT} bytes` }]);
  }
  const errors = messages.flatMap((message, index) =>
    faultsOf(message, call).map((reason) => ({ index, messageId: message?.messageId, reason })),
  );
  if (sentAt !== undefined && !isTime(sentAt))
    errors.push({ reason: 'sentAt is not ISO 8601 with milliseconds' });
  return errors.length > 0 ? refused(400, messages, errors) : { status: 200, messages, sentAt, errors };
}

/** @returns {Judgement} */
const refused = (status, messages, errors) => ({ status, messages, errors });

/**
 * Why this message must be refused.
 * @param {any} message
 * @param {string} call
 * @returns {string[]}
 */
function faultsOf(message, call) {
  if (!isObject(message)) return ['a message is not an object'];
  const { type, event, messageId, timestamp, sentAt, anonymousId, userId } = message;
  const ids = [anonymousId, userId].filter((id) => id !== undefined && id !== null);
  const checks = {
    [`type ${type} is unknown`]: TYPES.includes(type),
    [`type ${type} does not belong to this path`]: call === 'b' || type === CALLS[call],
    'messageId is not a string of 1 to 100 characters':
      typeof messageId === 'string' && messageId.length > 0 && messageId.length <= 100,
    'timestamp is not ISO 8601 with milliseconds': isTime(timestamp),
    'sentAt is not ISO 8601 with milliseconds': sentAt === undefined || isTime(sentAt),
    'neither anonymousId nor userId is there': ids.length > 0,
    'an id is not a string, or empty': ids.every((id) => typeof id === 'string' && id !== ''),
    'a track has no event name': type !== 'track' || (typeof event === 'string' && event !== ''),
    'properties, traits or context is not an object': ['properties', 'traits', 'context'].every(
      (key) => message[key] === undefined || isObject(message[key]),
    ),
    [`the message is larger than ${MESSAGE_LIMIT} bytes`]: bytes(JSON.stringify(message)) <= MESSAGE_LIMIT,
  };
  return Object.keys(checks).filter((reason) => !checks[reason]);
}

/**
 * What Customer.io would answer with 200 and not do as meant.
 * @param {any} message
 * @param {{ receivedAt: number, correctedAt: number }} times
 * @returns {string[]}
 */
export function suspicionsOf(message, { receivedAt, correctedAt }) {
  if (!isObject(message)) return [];
  const properties = isObject(message.properties) ? Object.keys(message.properties) : [];
  const traits = isObject(message.traits) ? Object.entries(message.traits) : [];
  const reserved = message.type === 'track' ? [...PERSON_KEYS, ...PAGE_KEYS] : PERSON_KEYS;
  return [
    ...properties.filter((name) => reserved.includes(name)).map((name) => `property ${name} is reserved`),
    ...traits
      .filter(([name, value]) => name.endsWith('_at') && Number(value) > FIRST_MILLISECONDS)
      .map(([name]) => `trait ${name} is in milliseconds, dates of a person are Unix seconds`),
    ...(correctedAt - receivedAt > DAY ? ['timestamp is more than 24 hours in the future'] : []),
    ...(message.type === 'identify' && !message.userId && !message.traits?.email
      ? ['an identify with neither userId nor e-mail reaches no profile']
      : []),
  ];
}

/**
 * The time of the message on the server's clock: the device's clock may be wrong, but it was as wrong when it sent.
 * https://segment.com/docs/connections/spec/common/#timestamps
 * @param {any} message
 * @param {string | undefined} sentAt of the batch, where the message has none
 * @param {number} receivedAt
 * @returns {number}
 */
export function correctedTime(message, sentAt, receivedAt) {
  const happened = Date.parse(message?.timestamp);
  const sent = Date.parse(message?.sentAt ?? sentAt);
  return Number.isNaN(sent) ? happened : receivedAt - (sent - happened);
}

/** @param {any} value */
function isTime(value) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/.test(value)) return false;
  // Date.parse turns the 30th of February into a day of March
  const date = new Date(`${value.slice(0, 23)}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 23) === value.slice(0, 23);
}

/** @param {string} body */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // refused by the caller, as anything else that is no object
  }
}

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {string} text */
const bytes = (text) => Buffer.byteLength(text);
