import { afterEach, describe, expect, test } from 'vitest';
import { desks } from '../../demo/systems/desks.js';
import { ATTRIBUTES, published } from '../../src/core/attributes.ts';
import { only } from '../../src/core/routing.ts';
import { SHOWN } from '../../src/core/types.ts';
import { agents } from '../../src/destinations/agents.ts';
import { PROFILE, testDestination } from './conformance.ts';

const page = window as any;
const GLOBALS = [
  '$chatwoot $crisp fcWidget Beacon jivo_api LiveChatWidget olark RocketChat smartsupp Tawk_API tidioChatApi zE',
].flatMap((names) => names.split(' '));
const FIELDS = { last_cart_value: 3601, cio_segment_cart_abandoner: '3602' };
const clean = () => {
  for (const name of GLOBALS) delete page[name];
};

/** A widget on the page, and what agents see in it. */
function desk(name: string) {
  const seen: Record<string, unknown> = {};
  let fails = false;
  const shown: unknown[] = [];
  desks[name]!(page, (values) => {
    if (fails) throw new Error(`${name} failed`);
    Object.assign(seen, values);
    shown.push(values);
  });
  return { seen, shown, fail: (now = true) => (fails = now) };
}

testDestination('agents', {
  make() {
    const shown: unknown[] = [];
    return {
      destination: agents(),
      vendor: {
        taken: () => shown,
        fares() {},
        arrive: () => desks.crisp!(page, (values) => void shown.push(values)),
        leave: clean,
      },
    };
  },
  never: ['refuses', 'unknown', 'busy', 'hangs', 'throws'],
});

afterEach(clean);

describe('agents', () => {
  describe.each(Object.keys(desks))('in %s', (name) => {
    const destination = () => agents({ zendesk: FIELDS });
    const keyOf: Record<string, string> = { tawk: 'last-cart-value', zendesk: '3601' };

    test('sees what is known, in the shape in which it takes it', async () => {
      expect(destination().ready!()).toBe(false);
      const { seen } = desk(name);
      expect(destination().ready!()).toBe(true);
      await destination().show!(PROFILE);
      expect(String(seen[keyOf[name] ?? 'last_cart_value'])).toBe('129.5');
      expect(Object.keys(seen).filter((key) => /[_-]at$/.test(key))).toEqual([]);
    });

    test('sees the end of a flag', async () => {
      const { seen } = desk(name);
      const flag =
        { tawk: 'cio-segment-cart-abandoner', zendesk: '3602' }[name] ?? 'cio_segment_cart_abandoner';
      await destination().show!(PROFILE);
      expect(String(seen[flag])).toBe('true');
      await destination().show!({ ...PROFILE, cio_segment_cart_abandoner: false });
      expect(String(seen[flag])).toBe('false');
    });

    test('that fails is told so, and nobody else is kept from it', async () => {
      const other = desk(name === 'crisp' ? 'tidio' : 'crisp');
      const { fail } = desk(name);
      fail();
      await expect(destination().show!(PROFILE)).rejects.toThrow(`${name} failed`);
      expect(other.seen).toHaveProperty('last_cart_value');
    });

    test('sees nothing where another widget is asked for', async () => {
      const { shown } = desk(name);
      const other = agents({ widgets: ['elsewhere'], zendesk: FIELDS });
      expect(other.ready!()).toBe(false);
      await other.show!(PROFILE);
      expect(shown).toEqual([]);
    });
  });

  test('shows nothing where nothing is known: an empty object throws in Chatwoot', async () => {
    const { shown } = desk('chatwoot');
    await agents().show!({ last_chat_at: 1 });
    expect(shown).toEqual([]);
  });

  test('waits for Chatwoot and tawk.to to load: before that their calls are not there', () => {
    page.$chatwoot = { hasLoaded: false, setCustomAttributes() {} };
    page.Tawk_API = {};
    expect(agents().ready!()).toBe(false);
  });

  test('leaves Zendesk alone where the site has named no fields', () => {
    desk('zendesk');
    expect(agents().ready!()).toBe(false);
  });

  test('says what tawk.to does not take', async () => {
    page.Tawk_API = {
      setAttributes: (_: object, told: (error: string) => void) => told('INVALID_ATTRIBUTES'),
    };
    await expect(agents().show!(PROFILE)).rejects.toThrow('INVALID_ATTRIBUTES');
  });
});

describe('what is shown where the site says nothing else', () => {
  test('has every attribute of the shop’s context, and nothing that names a person', () => {
    const names = Object.entries(ATTRIBUTES).map(([name, about]) => published(name, about));
    const all = Object.fromEntries(
      [...names, 'email', 'phone', 'name', 'customer_id', 'plan'].map((name) => [name, 1]),
    );
    expect(Object.keys(only(all, SHOWN))).toEqual(names);
  });
});
