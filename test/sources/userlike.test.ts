import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { v1, v2 } from '@userlike/messenger';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import { install } from '../../demo/widgets/userlike.js';
import { type UserlikeOptions, userlike } from '../../src/sources/userlike.ts';
import { hold, type Install, testSource } from './conformance.ts';

const page = window as any;
const real: typeof import('@userlike/messenger') = createRequire(import.meta.url)('@userlike/messenger');

/** The site takes its handler away. */
const clear = () => {
  if (!Reflect.deleteProperty(page, 'userlikeTrackingEvent')) page.userlikeTrackingEvent = undefined;
};

describe('userlike', () => {
  afterEach(clear);
  // Of a visitor who has written before, a line is told once.
  testSource(userlike, (of, options) => install(of, { talked: true, ...options }), {
    globals: ['userlike', 'userlikeConfig'],
    names: [
      'chat_window_maximized',
      'contact_first_message',
      'message_operator_terminating',
      'message_client_terminating',
      'chat_quit',
      'feedback_submit',
    ],
    site: {
      register: (handler) => {
        page.userlikeTrackingEvent = (event: string) => event === 'message_operator_terminating' && handler();
      },
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    bot: 'agent', // a chatbot is an operator like any other
    stub: false,
  });
});

describe('userlike by its npm package', () => {
  for (const current of [true, false])
    describe(current ? 'that greets a subscriber' : 'that keeps quiet', () => {
      /** The site's own code: it mounts the messenger, hands it over, and listens to it. */
      const chat: UserlikeOptions & { messenger: any } = { messenger: null };
      const handlers: (() => void)[] = [];
      const listen = (handler: () => void) => {
        let told = false;
        chat.messenger.state$.subscribe({ next: () => told && handler() });
        told = true;
      };
      const put: Install = (window, options) => {
        const mounted = (messenger: any) => {
          chat.messenger = messenger;
          if (messenger) for (const handler of handlers.splice(0)) listen(handler);
        };
        return install(window, { ...options, mounted, current });
      };
      testSource(() => userlike(chat), put, {
        globals: [],
        names: ['state'],
        site: {
          register: (handler) => {
            if (chat.messenger) listen(handler);
            else handlers.push(handler);
          },
          drive: (fake) => fake.open(),
        },
        bot: 'agent', // a line that waits does not say whose it is
        stub: false,
      });
    });
});

describe('userlike and the state it is handed', () => {
  const chat: UserlikeOptions = { messenger: null };
  const one = hold(userlike(chat));
  let fake: ReturnType<typeof install>;
  const put = (options?: object) => {
    fake = install(page, { ...options, mounted: (messenger: any) => (chat.messenger = messenger) });
    one.look();
  };
  afterEach(() => {
    one.stop();
    one.take();
    fake.uninstall();
  });
  const unread = (...ids: string[]) => ids.map((id) => ({ id }));

  test('takes lines that waited for where it begins, and the next one for a reply', () => {
    put({ state: { conversations: [{ id: 7001, unread: unread('a', 'b') }] } });
    expect(one.take()).toEqual([]);
    fake.agent('hello');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent', conversation: '7001' }]);
    fake.open();
    fake.close();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    fake.agent('still there?');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent', conversation: '7001' }]);
  });

  test('says in which conversation a line waits', () => {
    const conversations = [
      { id: 7001, unread: [] },
      { id: 7002, unread: [] },
    ];
    put({ state: { conversations } });
    fake.agent('hello');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent', conversation: '7002' }]);
  });

  test('counts what is unread as Userlike does', () => {
    const at = (...counts: number[]) => ({
      state: 'minimized',
      contact: {},
      conversations: counts.map((count, id) => ({ id, unread: unread(...'abcdef'.slice(0, count)) })),
    });
    put();
    const before = real.v2.getUnreadMessageCount(at(2, 1) as any);
    fake.tell('state', at(2, 1));
    one.take();
    for (const [counts, told] of [
      [[0, 3], []],
      [[1, 1], []],
      [[2, 2], ['message']],
      [[], []],
      [[0, 1], ['message']],
    ] as const) {
      fake.tell('state', at(...counts));
      expect(one.take().map(({ type }) => type)).toEqual(told);
    }
    expect(before).toBe(3);
  });

  test('tells an opening once, however often the state is told', () => {
    put();
    fake.open();
    fake.replay();
    fake.agent('hello');
    expect(one.take()).toEqual([{ type: 'opened' }]);
    fake.close();
    fake.tell('state', { ...chat.messenger!.getState(), state: real.v2.MessengerState.Maximized });
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells who the visitor is when that changes', () => {
    put({
      state: { contact: { name: null, email: 'Ada@Example.com', phone_number: '', mobile_number: '1' } },
    });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', phone: '1' }]);
    fake.replay();
    expect(one.take()).toEqual([]);
    fake.prechat({ name: 'Ada Archer', email: 'ada@example.com', phone: '1' });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer', phone: '1' },
    ]);
  });

  test('follows the site to the next messenger', () => {
    put();
    const first = fake;
    put();
    fake.open();
    first.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    expect(userlike({}).ready()).toBeFalsy();
  });

  test('unsubscribes when it leaves, and only itself', () => {
    put();
    let count = 0;
    let site = 0;
    const { state$ } = chat.messenger!;
    const { subscribe } = state$;
    state$.subscribe({ next: () => site++ });
    state$.subscribe = (observer) => {
      const { unsubscribe } = subscribe(observer);
      count++;
      return {
        unsubscribe() {
          count--;
          unsubscribe();
        },
      };
    };
    one.stop();
    one.look();
    expect(count).toBe(1);
    one.stop();
    expect(count).toBe(0);
    site = 0;
    fake.open();
    expect(site).toBe(1);
    expect(one.signals).toEqual([]);
  });

  test('takes the messengers of Userlike’s own package', () => {
    expectTypeOf<v2.Messenger>().toExtend<NonNullable<UserlikeOptions['messenger']>>();
    expectTypeOf<v1.Api>().toExtend<NonNullable<UserlikeOptions['messenger']>>();
    const chat: UserlikeOptions = { messenger: null };
    // As a site does it.
    const mount = (api: v2.Api) =>
      api.mount().subscribe((result) => {
        if (result.kind === 'success') chat.messenger = result.value;
      });
    expect(mount).toBeTypeOf('function');
    expect(real.v2.MessengerState.Maximized).toBe('maximized');
  });
});

describe('userlike and its one function', () => {
  const one = hold(userlike());
  let fake: ReturnType<typeof install>;
  const put = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  const types = () => one.take().map(({ type }) => type);
  afterEach(() => {
    one.stop();
    one.take();
    fake?.uninstall();
    clear();
  });

  test('hears the first line of a visitor, and that it went to an operator', () => {
    put();
    fake.visitor('hello');
    const line = { type: 'message', from: 'visitor', conversation: '9001' };
    expect(one.take()).toEqual([line, line]); // one fact, told twice
    fake.visitor('is anybody there');
    expect(one.take()).toEqual([line]);
  });

  test('takes a message that ends at the client for the agent’s', () => {
    put({ talked: true });
    fake.visitor('hello');
    fake.assign();
    fake.agent('hello');
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor', conversation: '9002' },
      { type: 'message', from: 'agent', conversation: '9002' },
      { type: 'assigned', agent: 'agent-7', conversation: '9002' },
    ]);
  });

  test('tells who took a chat once, and again in the next', () => {
    put({ talked: true });
    for (let chat = 0; chat < 2; chat++) {
      fake.visitor('hello');
      fake.assign();
      fake.agent('hello');
      fake.agent('still there?');
      fake.assign({ id: 'agent-8' });
      fake.agent('I take over');
      const agents = one.take().flatMap((signal) => (signal.type === 'assigned' ? signal.agent : []));
      expect(agents).toEqual(['agent-7', 'agent-8']);
      fake.end();
      expect(types()).toEqual(['ended']);
    }
  });

  test('tells who took a chat again in the next, though nobody left between', () => {
    put();
    for (const chat_id of [1, 1, 2])
      page.userlikeTrackingEvent('message_client_terminating', {}, { chat_id, operator_id: 7 });
    const taken = one.take().filter(({ type }) => type === 'assigned');
    expect(taken).toEqual([
      { type: 'assigned', agent: '7', conversation: '1' },
      { type: 'assigned', agent: '7', conversation: '2' },
    ]);
  });

  test('takes a chat that the visitor asked for, without a word, for no message', () => {
    put();
    for (const event of ['chat_requested', 'chat_connected', 'chat_started', 'chat_started_proactive'])
      fake.tell(event);
    expect(types()).toEqual([]);
  });

  test('bears events without a context, and of every shape', () => {
    put();
    for (const event of ['constructor', '__proto__', 'toString', undefined, null, 7, {}, []])
      page.userlikeTrackingEvent(event);
    expect(types()).toEqual([]);
    page.userlikeTrackingEvent('message_operator_terminating');
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
  });

  test('hears before the bundle where the site has a handler, and with it', () => {
    const heard: string[] = [];
    page.userlikeTrackingEvent = (event: string) => heard.push(event);
    put({ late: true });
    fake.load();
    fake.open();
    expect(heard).toEqual(['button_displayed', 'chat_window_maximized']);
    expect(types()).toEqual(['opened']);
  });

  test('hears again after a tag manager declared a handler over it', () => {
    const heard: string[] = [];
    page.heard = heard;
    put();
    runInThisContext('function userlikeTrackingEvent(event) { heard.push(event) }');
    one.look();
    fake.open();
    expect(heard).toEqual(['chat_window_maximized']);
    expect(types()).toEqual(['opened']);
    delete page.heard;
  });
});
