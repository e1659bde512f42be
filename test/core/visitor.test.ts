import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { visitorId } from '../../src/core/visitor.ts';
import { faults } from '../../src/lib/guard.ts';

const NAME = 'ajs_anonymous_id';

const go = (address: string) => (window as any).happyDOM.setURL(address);
const cookies = () =>
  Object.fromEntries(document.cookie.split('; ').map((one) => one.split('=') as [string, string]));
const setCookie = (value: string, name = NAME) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as the page's other scripts do
  document.cookie = `${name}=${value}; path=/`;
};
const block = (what: 'cookie' | 'localStorage') => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  Object.defineProperty(what === 'cookie' ? document : globalThis, what, {
    get: denied,
    set: denied,
    configurable: true,
  });
};

let hosts = 0;
beforeEach(() => {
  go(`https://www.shop-${++hosts}.example/`); // a jar of its own for each test
  faults.counts = {};
});
const storage = localStorage;
afterEach(() => {
  Reflect.deleteProperty(document, 'cookie');
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true, writable: true });
  storage.clear();
  vi.restoreAllMocks();
});

describe('visitorId', () => {
  test('reads nothing where nothing stands', () => {
    expect(visitorId(NAME).read()).toBe('');
  });

  test.each<[string, () => void]>([
    ['localStorage, a JSON string', () => storage.setItem(NAME, '"theirs"')],
    ['localStorage, bare', () => storage.setItem(NAME, 'theirs')],
    ['the cookie', () => setCookie('theirs')],
    ['the cookie, quoted', () => setCookie('%22theirs%22')],
    [
      'the cookie among others',
      () => {
        setCookie('theirs');
        setCookie('1', 'cart');
        setCookie('not', `x${NAME}`);
      },
    ],
  ])('reads %s', (_where, write) => {
    write();
    expect(visitorId(NAME).read()).toBe('theirs');
  });

  test('reads localStorage before the cookie', () => {
    storage.setItem(NAME, '"stored"');
    setCookie('cooked');
    expect(visitorId(NAME).read()).toBe('stored');
  });

  test('sees at once what another script writes', () => {
    const visitor = visitorId(NAME);
    visitor.write();
    storage.setItem(NAME, '"theirs"');
    expect(visitor.read()).toBe('theirs');
  });

  test('writes as analytics.js-like clients do', () => {
    const id = visitorId(NAME).write();
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(storage.getItem(NAME)).toBe(JSON.stringify(id));
    expect(cookies()[NAME]).toBe(id);
  });

  test('writes the id that is given', () => {
    const visitor = visitorId(NAME);
    expect(visitor.write('given')).toBe('given');
    expect(visitor.read()).toBe('given');
  });

  test('writes the cookie for the whole site', () => {
    visitorId(NAME).write('ours');
    go(`https://checkout.shop-${hosts}.example/`);
    expect(cookies()[NAME]).toBe('ours');
  });

  test.each(['http://localhost:3000/', 'http://127.0.0.1:3000/'])('writes the cookie at %s', (address) => {
    go(address);
    const id = visitorId(NAME).write();
    expect(cookies()[NAME]).toBe(id);
  });

  test('asks for a year, lax, for every path', () => {
    const written: string[] = [];
    Object.defineProperty(document, 'cookie', {
      get: () => written.at(-1)?.split(';')[0] ?? '',
      set: (value) => written.push(value),
      configurable: true,
    });
    visitorId(NAME).write('ours');
    expect(written[0]!.toLowerCase().split(/; ?/)).toEqual(
      expect.arrayContaining([`${NAME}=ours`, 'path=/', `max-age=${365 * 24 * 60 * 60}`, 'samesite=lax']),
    );
  });

  describe.each<[string, ('cookie' | 'localStorage')[]]>([
    ['cookies are', ['cookie']],
    ['localStorage is', ['localStorage']],
    ['both are', ['cookie', 'localStorage']],
  ])('where %s blocked', (_which, blocked) => {
    beforeEach(() => {
      for (const what of blocked) block(what);
    });

    test('one id stays as long as the page', () => {
      const visitor = visitorId(NAME);
      expect(visitor.read()).toBe('');
      const id = visitor.write();
      expect(visitor.read()).toBe(id);
    });

    test('removing throws nothing, and forgets', () => {
      const visitor = visitorId(NAME);
      visitor.write();
      expect(() => visitor.remove()).not.toThrow();
    });
  });

  describe('remove', () => {
    /** The cookie jar is looked at a moment later: a cookie that ends now still stands in this millisecond. */
    const later = () => new Promise((resolve) => setTimeout(resolve, 5));

    test('takes away what we made', async () => {
      const visitor = visitorId(NAME);
      visitor.write();
      visitor.remove();
      await later();
      expect(visitor.read()).toBe('');
      expect(storage.length).toBe(0);
      expect(cookies()[NAME]).toBeUndefined();
    });

    test('takes away what we made on another page', async () => {
      visitorId(NAME).write();
      const visitor = visitorId(NAME);
      visitor.remove();
      await later();
      expect(visitor.read()).toBe('');
    });

    test('leaves what stood there before us', async () => {
      storage.setItem(NAME, '"theirs"');
      setCookie('theirs');
      const visitor = visitorId(NAME);
      visitor.remove();
      await later();
      expect(visitor.read()).toBe('theirs');
      expect(cookies()[NAME]).toBe('theirs');
    });

    test('leaves what another script wrote over ours', async () => {
      const visitor = visitorId(NAME);
      visitor.write();
      storage.setItem(NAME, '"theirs"');
      setCookie('theirs');
      visitor.remove();
      await later();
      expect(visitor.read()).toBe('theirs');
      expect(Object.keys(storage)).toEqual([NAME]);
    });

    test('takes away the cookie that we made, though localStorage is blocked', async () => {
      block('localStorage');
      const visitor = visitorId(NAME);
      visitor.write();
      visitor.remove();
      await later();
      expect(cookies()[NAME]).toBeUndefined();
    });
  });

  describe('gone', () => {
    /** As the `reset` of analytics.js does. */
    const reset = () => {
      storage.removeItem(NAME);
      setCookie('; max-age=0');
      setCookie(`; max-age=0; domain=shop-${hosts}.example`);
    };

    test('tells once that another script has taken its id away', () => {
      storage.setItem(NAME, '"theirs"');
      const visitor = visitorId(NAME);
      visitor.read();
      expect(visitor.gone()).toBe('');
      reset();
      expect(visitor.gone()).toBe('theirs');
      expect(visitor.gone()).toBe('');
      expect(visitor.read()).toBe('');
    });

    test('tells it of our own id, which does not come back by itself', () => {
      const visitor = visitorId(NAME);
      visitor.write('ours');
      reset();
      expect(visitor.gone()).toBe('ours');
      expect(visitor.read()).toBe('');
    });

    test('says nothing where no id has been, where another stands now, or where one place still has it', () => {
      const visitor = visitorId(NAME);
      reset();
      expect(visitor.gone()).toBe('');
      visitor.write('ours');
      storage.setItem(NAME, '"theirs"');
      expect(visitor.gone()).toBe('');
      setCookie('theirs');
      storage.removeItem(NAME);
      expect(visitor.gone()).toBe('');
    });

    test('says nothing where our note is gone too: another tab has deleted all of ours', () => {
      const visitor = visitorId(NAME);
      visitor.write('ours');
      reset();
      storage.removeItem('chatstone_made');
      expect(visitor.gone()).toBe('');
    });

    test('tells it of an id of an earlier page, while our note of it stands and no other id', () => {
      visitorId(NAME).write('ours');
      const early = visitorId(NAME);
      early.stood('ours');
      expect(early.gone()).toBe('');
      reset();
      const visitor = visitorId(NAME);
      visitor.stood('another');
      expect(visitor.gone()).toBe('');
      const late = visitorId(NAME);
      late.stood('ours');
      expect([late.gone(), late.gone()]).toEqual(['ours', '']);
      storage.removeItem('chatstone_made'); // all was lost
      const lost = visitorId(NAME);
      lost.stood('ours');
      expect(lost.gone()).toBe('');
    });

    test('says nothing where nothing can be stored', () => {
      block('cookie');
      block('localStorage');
      vi.spyOn(console, 'error').mockImplementation(() => {});
      const visitor = visitorId(NAME);
      visitor.write('ours');
      expect(visitor.gone()).toBe('');
      expect(visitor.read()).toBe('ours');
    });
  });
});
