// What the clients put on the wire, read back. Every body must be understood: a count is worth nothing where one is not.
import { gunzipSync } from 'node:zlib';
import { judge } from '../../demo/judgement.mjs';

/** One fact as it arrived. */
export interface Arrival {
  id: string;
  name: string;
  conversation: string;
}

interface Body {
  path: string;
  bytes: Buffer;
}

const CALLS = ['track', 'identify', 'page', 'batch'];

/** Messages of one call or of a batch, in the protocol that Segment began and others took over. */
function messagesOf({ path, bytes }: Body): any[] {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const whole = JSON.parse(String(bytes));
  if (!CALLS.includes(last) && !/^[btipga]$/.test(last)) throw new Error(`nobody asks for ${path}`);
  const messages = ['b', 'batch'].includes(last) ? whole.batch : [whole];
  for (const { messageId, type, event } of messages)
    if (!messageId || !type || (type === 'track' && !event))
      throw new Error('a message without its id or name');
  return messages;
}

const factsOf = (messages: any[]): Arrival[] =>
  messages
    .filter(({ type }) => type === 'track')
    .map(({ messageId, event, properties }) => ({
      id: messageId,
      name: event,
      conversation: properties.conversation_id,
    }));

/** As Customer.io in its strict mode. */
function strict({ path, bytes }: Body): Arrival[] {
  const { status, errors, messages } = judge(path.slice(path.lastIndexOf('/') + 1), String(bytes));
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(errors)}`);
  return factsOf(messages);
}

// https://docs.snowplow.io/docs/fundamentals/canonical-event/ and the schema payload_data
function snowplow({ path, bytes }: Body): Arrival[] {
  const { schema, data } = JSON.parse(String(bytes));
  if (path !== '/com.snowplowanalytics.snowplow/tp2' || !/payload_data/.test(schema)) throw new Error(schema);
  return data.flatMap(({ e, eid, ue_pr, ue_px }: Record<string, string>) => {
    if (e === 'pv' || e === 'pp') return [];
    if (e !== 'ue' || !eid) throw new Error(`an event ${e}`);
    const { data } = JSON.parse(ue_pr ?? String(Buffer.from(ue_px!, 'base64url'))).data;
    return [{ id: eid, name: data.name, conversation: data.conversation_id }];
  });
}

/** JSON, gzip, or base64 in a form, as its beacons are. */
function posthog({ path, bytes }: Body): Arrival[] {
  if (/^\/(flags|decide)/.test(path)) return [];
  const form = () => String(Buffer.from(new URLSearchParams(String(bytes)).get('data')!, 'base64'));
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = zipped
    ? String(gunzipSync(bytes))
    : String(bytes.subarray(0, 5)) === 'data='
      ? form()
      : String(bytes);
  const whole = JSON.parse(text);
  const events: any[] = whole.batch ?? [whole].flat();
  return events.flatMap(({ uuid, event, properties }) => {
    if (!uuid || !event) throw new Error('an event without its uuid or name');
    return event[0] === '$' ? [] : [{ id: uuid, name: event, conversation: properties.conversation_id }];
  });
}

function naive({ bytes }: Body): Arrival[] {
  const { id, name, properties } = JSON.parse(String(bytes));
  if (!id || !name) throw new Error('a fact without its id or name');
  return [{ id, name, conversation: properties.conversation_id }];
}

/** Reads a request of each client; throws where it cannot. */
export const READERS: Record<string, (body: Body) => Arrival[]> = {
  chatstone: strict,
  customerio: strict,
  segment: (body) => factsOf(messagesOf(body)),
  rudderstack: (body) => factsOf(messagesOf(body)),
  snowplow,
  posthog,
  naive,
};
