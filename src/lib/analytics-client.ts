// A browser client of the analytics.js family, Segment's or Customer.io's: it gives identity, the site's middleware and context. A
// message passes through it with its own delivery switched off, and what comes out is caught.
import { guard } from './guard.ts';
import { json } from './json.ts';

/** What we use of such a client. */
export interface Client {
  register(...plugins: unknown[]): Promise<unknown>;
  user(): { id(): string | null | undefined };
  reset(): void;
  identify(userId: string | undefined, traits: object | undefined, options: object): unknown;
  track(event: string, properties: object | undefined, options: object): unknown;
}

/** What passes through. */
interface Passing {
  type: string;
  event?: string;
  properties?: Record<string, any>;
  traits?: Record<string, unknown>;
  messageId: string;
  timestamp: string;
  anonymousId: string;
  userId?: string;
  context: Record<string, unknown>;
}

const PATIENCE = 3000; // milliseconds

/** The client behind a page's global: a snippet's array of calls is none yet, and `load()` hands out a facade. */
export function clientOf<C extends Client>(global: unknown): C | undefined {
  if (!global || Array.isArray(global)) return undefined;
  // AnalyticsBrowser.load() hands out a thenable whose methods answer later; behind it stands the client.
  const client = 'then' in Object(global) ? (global as { instance?: C }).instance : global;
  return (client as Client)?.register ? (client as C) : undefined;
}

const pause = (milliseconds: number) =>
  new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds));

interface Options {
  /** In what is counted when it fails. */
  name: string;
  /** The client's own delivery, which is switched off event by event. */
  skip: string;
  /** A client is on its way. */
  coming(): boolean;
  find(): Promise<Client | undefined>;
  /** Whether the client may be told of this user. */
  tells(client: Client, userId: string | undefined): boolean;
}

/**
 * Passes messages through a client. What comes out keeps all that is ours: id, time, person, traits, context. Where there is no client
 * within three seconds, the message stays as it is, and from then on a client is not waited for.
 */
export function passing({
  name,
  skip,
  coming,
  find,
  tells,
}: Options): <M extends Passing>(message: M) => Promise<M> {
  const caught = new Map<string, (event: Passing) => void>();
  const hooked = new Map<Client, Promise<unknown>>();
  let patience = PATIENCE;

  const catchEvent = guard(name, (context: { event: Passing & { context: { messageId?: string } } }) => {
    const { event } = context;
    caught.get(event.context?.messageId ?? event.messageId)?.(event); // the site's own events pass by
    return context;
  });
  const hook = (client: Client) => {
    if (!hooked.has(client))
      hooked.set(
        client,
        client.register({
          name: 'chatstone',
          type: 'after',
          version: '1',
          isLoaded: () => true,
          load: () => Promise.resolve(),
          track: catchEvent,
          identify: catchEvent,
        }),
      );
    return hooked.get(client);
  };

  const pass = async <M extends Passing>(message: M): Promise<M> => {
    if (message.type !== 'identify' && !message.event) return message;
    for (let waited = 0; coming() && waited < patience; waited += 100) await pause(100);
    const client = await find();
    if (!client) return message;
    await hook(client);
    const { messageId, timestamp, anonymousId, userId, context, traits } = message;
    if (message.type === 'identify' && !tells(client, userId)) return message;
    const finished = await new Promise<Passing>((resolve) => {
      caught.set(messageId, resolve);
      // The client writes into what it is given.
      const options = { messageId, timestamp, context: { ...context }, integrations: { [skip]: false } };
      if (message.type === 'identify') client.identify(userId, traits, options);
      else client.track(message.event!, message.properties, options);
    });
    const { type, event, properties, context: added } = JSON.parse(json(finished)) as Passing;
    const { messageId: _ours, ...rest } = added;
    return {
      type,
      ...(event && { event, properties }),
      ...(traits && { traits }),
      messageId,
      timestamp,
      anonymousId,
      ...(userId && { userId }),
      context: { ...rest, ...context },
    } as M;
  };

  return (message) =>
    Promise.race([pass(message), pause(patience)]).then((finished) => {
      caught.delete(message.messageId);
      patience = finished ? PATIENCE : 0; // who was not in time once is not waited for again
      return finished ?? message;
    });
}
