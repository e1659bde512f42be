// Every text that a widget, a form or a page can tell has a canary in it. Somewhere else than in the page, none may sing.
import { describe, expect, test } from 'vitest';
import { openShop, type ShopOptions, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, noteWrites, writes } from './steps.ts';

const ANN = 'ann@example.com';

/** In the page: notes what is printed, to the last field, where a console shows only the outside of an object. */
function noteConsole() {
  const lines: string[] = [];
  Object.assign(window, { lines });
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const real = console[name];
    console[name] = (...args: unknown[]) => {
      lines.push(`${name} ${args.map((one) => (one instanceof Error ? one.stack : JSON.stringify(one)))}`);
      real.apply(console, args);
    };
  }
}

const FORMS = `<form class="checkout" onsubmit="event.preventDefault()">
  <input id="billing_email" type="email">
  <input autocomplete="given-name" value="Ann"><input autocomplete="tel" value="+44 1">
  <input id="street" autocomplete="street-address" value="canary-street">
  <input id="password" type="password" autocomplete="new-password" value="canary-password">
  <input type="hidden" name="token" value="canary-token">
  <input autocomplete="cc-number" value="canary-card">
  <textarea id="note">canary-note about shipping</textarea><button id="pay">Pay</button>
</form>
<form id="login" action="/checkout/login" onsubmit="event.preventDefault()">
  <input type="email" autocomplete="username" value="canary-login@example.com">
  <input type="password" autocomplete="email" value="canary-password@example.com"><button>Log in</button>
</form>
<form id="search" onsubmit="event.preventDefault()"><input name="q" value="canary-search"><button>Find</button></form>
<form id="friend" onsubmit="event.preventDefault()"><input type="email" value="canary@friends.example"><button>Tell</button></form>`;

/** What each vendor tells beyond what the fake does by itself: every field that may hold text does. */
const BABBLE: Record<string, () => void> = {
  crisp: () => {
    const { tell } = window.fake;
    const text = { type: 'text', from: 'canary-from', origin: 'canary-origin', fingerprint: 'canary-print' };
    const user = { nickname: 'canary-nick', user_id: 'canary-user', avatar: 'canary-avatar' };
    const later = { timestamp: 'canary-time' };
    tell('message:sent', { ...text, ...later, content: 'canary-line', user });
    tell('message:sent', {
      ...text,
      type: 'file',
      content: { name: 'canary-file', url: 'https://x/canary' },
    });
    tell('message:sent', 'canary-bare');
    tell('message:sent', { toString: 'canary-string', content: ['canary-list'] });
    tell('message:received', { ...text, ...later, content: 'canary-reply', user });
    tell('message:received', {
      ...text,
      type: 'picker',
      content: { text: 'canary-pick', choices: ['canary'] },
    });
    tell('user:email:changed', 'canary, no address');
    tell('user:phone:changed', { canary: 'canary-phone' });
    tell('chat:initiated', 'canary-begin');
  },
  tawk: () => {
    const { tell } = window.fake;
    tell('ChatMessageVisitor', { message: 'canary-line', attachs: [{ content: 'canary-file' }] });
    tell('ChatMessageVisitor', { text: { canary: 'canary-object' } });
    tell('ChatMessageAgent', { message: 'canary-reply', name: 'canary-name' });
    tell('ChatMessageSystem', 'canary-system');
    tell('AgentJoinChat', {
      name: 'canary-agent',
      position: 'canary-post',
      image: 'canary-face',
      id: 'canary-id',
    });
    tell('AgentLeaveChat', { name: 'canary-agent', id: 'canary-id' });
    tell('TagsUpdated', ['shipping', 'canary-tag']);
    tell('TagsUpdated', { canary: 'canary-tag' });
    tell('ChatSatisfaction', 'canary-rating');
    tell('VisitorNameChanged', 'canary-name');
    tell('FileUpload', 'https://x/canary');
    tell('PrechatSubmit', [
      { label: 'Name', answer: 'Ann' },
      { label: 'E-mail', answer: 'ann@example.com' },
      { label: 'Which phone do you want the case for?', answer: 'canary-model' },
      { label: 'Name of your dog', answer: 'canary-dog' },
      { label: 'What is it about?', answer: 'canary-question' },
      { label: 'canary-label', answer: { canary: 'canary-object' } },
    ]);
    tell('OfflineSubmit', {
      name: 'Ann',
      email: 'ann@example.com',
      message: 'canary-message',
      questions: ['canary'],
    });
  },
  intercom: () => {
    const { tell } = window.fake;
    tell('onUserEmailSupplied', 'canary, no address');
    tell('onUnreadCountChange', 'canary-count');
    tell('onShow', 'canary-show');
  },
  'rocket-chat': () => {
    const { tell } = window.fake;
    tell('pre-chat-form-submit', {
      name: 'Ann',
      email: 'ann@example.com',
      department: 'canary-desk',
      size: 'canary',
    });
    tell('offline-form-submit', { name: 'Ann', email: 'ann@example.com', message: 'canary-message' });
    tell('assign-agent', { name: 'canary-agent', username: 'canary-user', status: 'canary-status' });
    tell('queue-position-change', { canary: 'canary-queue' });
    tell('chat-started', 'canary-start');
  },
};

/** What the fake itself tells of a whole chat. */
function chatter() {
  const { fake } = window;
  fake.prechat({ name: 'Ann', email: 'ann@example.com', department: 'canary-department' });
  fake.visitor('canary-one: where is my order?');
  fake.visitor('canary-two');
  fake.assign({ id: 'canary-agent-id', name: 'canary-agent-name', team: 'canary-team' });
  fake.agent('canary-answer', { id: 'canary-agent-id', name: 'canary-agent-name' });
  fake.bot('canary-bot');
  fake.system('canary-system');
  fake.tag('canary-tag, far from any topic');
  fake.rate(1);
}

/** What the page says by itself that it should not. */
function tattle() {
  const { chatstone } = window as any;
  chatstone('context', { note: 'canary-context', title: 'canary-title', order_id: '7' });
  chatstone('milestone', 'chat_first_message_sent', {
    widget: 'own',
    message: 'canary-message',
    text: 'canary-text',
    agent_id: 'canary-agent',
  });
  chatstone('milestone', 'chat_assigned', { widget: 'own', agent_id: 'canary-agent', name: 'canary-name' });
  chatstone('identify', {
    email: 'canary, no address',
    message: 'canary-message',
    password: 'canary-password',
  });
}

const HOME = '/hats';
const SEARCH = '?q=canary-query&utm_source=mail&email=canary%40example.com#canary-hash';

/** What must not sing: all that went out or was kept or printed, as one text. */
async function all(page: Tab, visitor: Visitor, headers: readonly string[]): Promise<string> {
  const { sessionStorage, ...stored } = await page.storage();
  delete sessionStorage['livechat-stand-in']; // Rocket.Chat's own
  return JSON.stringify({
    stored: { ...stored, sessionStorage },
    writes: await writes(page),
    printed: await page.run(() => (window as any).lines),
    console: visitor.console,
    requests: visitor.requests
      .filter(({ type }) => type !== 'document') // to which the test itself went
      .map(({ url, body }) => [url, body]),
    headers,
  });
}

/** Canaries with what stands around them. */
const singing = (text: string) => text.match(/.{0,60}canary.{0,20}/gi) ?? [];

async function open({ script, headers, ...options }: ShopOptions = {}) {
  const shop = await openShop({
    title: 'canary-title',
    body: FORMS,
    inline: `(${noteConsole})();(${noteWrites})();`,
    headers,
    ...options,
    script: { anonymous: 'send', ...script },
  });
  const visitor = await shop.visitor();
  const sent: string[] = []; // headers of what goes to a collector
  const gone = ({ message }: Error) => message; // the page, before its request could be asked
  visitor.browser().on('request', async (request) => {
    if (request.method() === 'POST') sent.push(JSON.stringify(await request.allHeaders().catch(gone)));
  });
  return { shop, visitor, sent };
}

describe('nothing that was said gets out', () => {
  for (const widget of Object.keys(BABBLE))
    for (const debug of [false, true])
      test(`of ${widget}${debug ? ', in debug mode either' : ''}`, async () => {
        const { shop, visitor, sent } = await open({ widget, script: { debug } });
        await visitor.goto('/from');
        const page = await visitor.goto(`/from?canary-referrer=1`);
        await page.run((to) => location.assign(to), HOME + SEARCH);
        await page.waitForURL(/hats/);
        await until(() => page.run(() => window.fake?.loaded), 'the widget is here');
        await page.click('#chat');
        // What was written for a moment only is noted, too.
        for (const step of [chatter, BABBLE[widget]!, tattle]) {
          await page.run(step);
          expect(singing(await all(page, visitor, sent))).toEqual([]);
        }
        await page.click('#search button');
        await page.click('#friend button');
        await page.click('#login button');
        await page.fill('#billing_email', ANN);
        await page.click('#pay');
        await page.run(() => window.fake.end());
        await until(() => arrived(shop).includes('identify'), 'the person arrives');
        await aWhile();
        const everything = await all(page, visitor, sent);
        expect(singing(everything)).toEqual([]);
        await page.run(() => location.assign('/next'));
        await page.waitForURL(/next/);
        await aWhile();
        expect(singing(await all(page, visitor, sent))).toEqual([]);
        expect(singing(JSON.stringify(shop.collector.log()))).toEqual([]);

        // It was heard, and what may go has gone.
        expect(everything).toContain(ANN);
        expect(everything).toContain('utm_source=mail');
        expect(arrived(shop)).toEqual(
          expect.arrayContaining(['chat_opened', 'chat_assigned', 'chat_first_message_sent']),
        );
        expect((await call(page, 'status')).delivered).toBe(shop.collector.messages().length);
        expect(visitor.strangers()).toEqual([]);
        expect(visitor.errors).toEqual([]);
      });

  for (const [where, options] of Object.entries({
    'on a page that hands its whole address on': { headers: { 'Referrer-Policy': 'unsafe-url' } },
    'to a collector at the shop itself': { script: { apiHost: '/' } },
  } as Record<string, ShopOptions>))
    test(`as a referrer, ${where}`, async () => {
      const { shop, visitor, sent } = await open({ widget: 'tawk', ...options });
      const page = await visitor.goto(HOME + SEARCH);
      await page.click('#chat');
      await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
      await page.run(() => window.fake.visitor('canary'));
      await page.run(() => location.assign('/next'));
      await until(() => arrived(shop).includes('chat_first_message_sent'), 'the message arrives');
      // What a dying page sends is not always seen here: the next page sends once more.
      await page.waitForURL(/next/);
      await until(() => page.run(() => !!window.fake), 'the widget is there');
      await until(async () => (await call(page, 'status')).widgets.tawk.found, 'it is listened to');
      await page.run(() => window.fake.agent('canary'));
      await until(() => arrived(shop).includes('chat_agent_replied'), 'the reply arrives');
      await until(() => sent.length >= 2, 'the headers are seen');
      expect(singing(JSON.stringify(sent))).toEqual([]);
    });

  test('as a campaign, from inside another parameter', async () => {
    const { shop, visitor, sent } = await open({ widget: 'tawk' });
    const page = await visitor.goto(`${HOME}?q=shirt+utm_q=canary&utm_source=mail`);
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    expect(shop.collector.messages()[0]!.context.page.search).toBe('?utm_source=mail');
    expect(singing(await all(page, visitor, sent))).toEqual([]);
  });

  test('as a topic that the page names in words of its own', async () => {
    const { shop, visitor, sent } = await open({ widget: 'tawk' });
    const page = await visitor.goto(HOME);
    await page.click('#chat');
    await call(page, 'topic', 'canary, typed by a visitor');
    await until(() => arrived(shop).includes('chat_topic_set'), 'the topic arrives');
    expect(shop.collector.messages().at(-1)!.properties.topic).toBe('other');
    expect(singing(await all(page, visitor, sent))).toEqual([]);
  });
});
