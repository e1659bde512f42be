import { boot, initialize } from 'front-chat-sdk/helpers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { install } from '../../demo/widgets/front.js';
import { front } from '../../src/sources/front.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;

describe('front', () => {
  testSource(front, install, {
    globals: ['FrontChat'],
    names: ['onUnreadChange', 'onWindowVisibilityChanged'],
    site: {
      // It waits for the bundle, of which nothing stands before.
      register(handler) {
        if (page.FrontChat) page.FrontChat('onWindowVisibilityChanged', handler);
        else setTimeout(() => this.register(handler));
      },
      drive: (fake) => fake.open(),
    },
    bot: 'agent', // a line that waits does not say whose it is
    stub: false,
  });
});

describe('front and what Front tells', () => {
  const one = hold(front());
  let fake: Fake;
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
  afterEach(() => {
    one.stop();
    one.take();
    fake.uninstall();
    complaints.mockClear();
  });
  const reply = { type: 'message', from: 'agent' };

  test('takes the first number of unread lines for where it begins', () => {
    fake = install(page, { unread: 3 });
    one.look();
    expect(one.take()).toEqual([]);
    fake.agent('hello');
    expect(one.take()).toEqual([reply]);
  });

  test('takes lines that were read for no reply, and the next one for a reply', () => {
    fake = install(page, { unread: 3 });
    one.look();
    fake.open();
    fake.close();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    fake.agent('hello');
    expect(one.take()).toEqual([reply]);
  });

  test('gives Front no command before the site has said init', () => {
    fake = install(page, { init: false });
    one.look();
    one.look();
    expect(complaints).not.toHaveBeenCalled();
    page.FrontChat('init', { chatId: 'chat-1' });
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('comes again when it came before the frame was set up, and hears once', async () => {
    fake = install(page, { slow: true, unread: 2 });
    one.look();
    one.look();
    expect(complaints).toHaveBeenCalled();
    await calm();
    one.look();
    expect(one.source.ready()).toBe(one.source.ready());
    complaints.mockClear();
    one.look();
    fake.agent('hello');
    fake.open();
    expect(one.take()).toEqual([reply, { type: 'opened' }]);
    expect(complaints).not.toHaveBeenCalled();
  });

  test('follows a site that shuts Front down and says init again', () => {
    fake = install(page);
    one.look();
    page.FrontChat('shutdown');
    one.look();
    page.FrontChat('init', { chatId: 'chat-1' });
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('takes its listeners away, and leaves the one of the site', () => {
    fake = install(page);
    const { FrontChat } = page;
    const left: string[] = [];
    page.FrontChat = (command: string, listener: () => void) => {
      const unbind = FrontChat(command, listener);
      return () => {
        left.push(command);
        unbind();
      };
    };
    one.look();
    let count = 0;
    page.FrontChat('onUnreadChange', () => count++);
    one.stop();
    expect(left).toEqual(['onWindowVisibilityChanged', 'onUnreadChange']);
    fake.agent('hello');
    expect(count).toBe(2);
    expect(one.signals).toEqual([]);
  });

  /** Where the package puts its script; the bundle comes when it is told. */
  const place = () => {
    const scripts: any[] = [];
    return { scripts, element: { appendChild: (script: any) => scripts.push(script) } as any as HTMLElement };
  };

  test("hears the bundle that Front's own package loads, beside the site", async () => {
    const { scripts, element } = place();
    const booted = boot(element);
    one.look();
    expect(scripts[0].src).toBe('https://chat-assets.frontapp.com/v1/chat.bundle.js');
    fake = install(page, { init: false, slow: true });
    scripts[0].onload();
    const site = await booted;
    one.look();
    const heard: unknown[] = [];
    site('init', {
      chatId: 'chat-1',
      onInitCompleted: () => site('onWindowVisibilityChanged', ((data: unknown) => heard.push(data)) as any),
    });
    one.look();
    await calm();
    one.look();
    fake.open();
    fake.close();
    fake.agent('hello');
    expect(heard).toEqual([{ is_window_visible: true }, { is_window_visible: false }]);
    expect(one.take()).toEqual([{ type: 'opened' }, reply]);
  });

  test("hears the frame that Front's own package has set up before", async () => {
    const { scripts, element } = place();
    const set = initialize('chat-1', element);
    fake = install(page, { init: false });
    scripts[0].onload();
    await set;
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    expect(complaints).not.toHaveBeenCalled();
  });
});
