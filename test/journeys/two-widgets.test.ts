// A shop that runs two chats on one page, each with conversations of its own.
import { describe, expect, test } from 'vitest';
import { openShop, until } from '../browser/harness.ts';
import { arrived, aWhile, nameOf } from './steps.ts';

const ADA = 'ada@example.com';
const SECOND = `<script type="module">
  import { install } from '/widgets/intercom.js';
  window.second = install(window);
</script>`;

describe('two widgets on a page', () => {
  test('are told apart, and the visitor is one', async () => {
    const shop = await openShop({ widget: 'tawk', head: SECOND, script: { client: 'none' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(
      () =>
        page.run(() =>
          ['tawk', 'intercom'].every((name) =>
            performance
              .getEntriesByType('resource')
              .some((file) => file.name.endsWith(`chatstone-${name}.js`)),
          ),
        ),
      'both files are here',
    );
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Which size?'));
    await page.run(() => document.getElementById('chat')!.setAttribute('onclick', 'second.open()'));
    await page.click('#chat');
    await page.run(() => {
      (window as any).second.close();
      (window as any).second.agent('May I help?');
    });
    await page.run(() => window.fake.agent('A nine'));
    await page.run(() => window.fake.end());
    await page.run((email) => window.fake.prechat({ email }), ADA);
    await until(() => arrived(shop).length >= 8, 'all of it arrives');
    await aWhile();

    const milestones = shop.collector.messages().filter(({ type }) => type === 'track');
    const of = (widget: string) => milestones.filter(({ properties }) => properties.widget === widget);
    expect(of('tawk').map(nameOf)).toEqual([
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_agent_replied',
      'chat_resolved',
    ]);
    expect(of('intercom').map(nameOf)).toEqual(['chat_opened', 'chat_agent_replied']);
    const conversations = (widget: string) => [
      ...new Set(of(widget).map(({ properties }) => properties.conversation_id)),
    ];
    expect(conversations('tawk')).toHaveLength(1);
    expect(conversations('intercom')).toHaveLength(1);
    expect(conversations('tawk')).not.toEqual(conversations('intercom'));
    const { anonymousId } = milestones[0]!;
    for (const message of shop.collector.messages())
      expect(message).toMatchObject({ userId: ADA, anonymousId });
  });
});
