import { afterEach, describe, expect, test } from 'vitest';
import { page } from '../../src/lib/page.ts';

const go = (address: string) => (window as any).happyDOM.setURL(address);
const from = (referrer: string) =>
  Object.defineProperty(document, 'referrer', { value: referrer, configurable: true });

afterEach(() => {
  Reflect.deleteProperty(document, 'referrer');
  go('http://localhost:3000/');
});

describe('page', () => {
  test.each([
    ['https://shop.example/pages/a', 'https://shop.example/pages/a', ''],
    ['https://shop.example/pages/a?q=canary&token=canary#canary', 'https://shop.example/pages/a', ''],
    [
      'https://shop.example/?utm_source=news&email=canary&utm_campaign=may',
      'https://shop.example/?utm_source=news&utm_campaign=may',
      '?utm_source=news&utm_campaign=may',
    ],
    [
      'https://shop.example/?a=1&utm_source=n%20s',
      'https://shop.example/?utm_source=n%20s',
      '?utm_source=n%20s',
    ],
    ['https://shop.example/?x-utm_id=canary&q=an+utm_of=canary', 'https://shop.example/', ''],
  ])('of %s', (address, url, search) => {
    go(address);
    expect(page()).toMatchObject({ url, search });
    expect(JSON.stringify(page())).not.toContain('canary');
  });

  test('has the path', () => {
    go('https://shop.example/pages/size-guide?q=1');
    expect(page().path).toBe('/pages/size-guide');
  });

  test.each([
    ['https://search.example/find?q=canary#canary', 'https://search.example/find'],
    ['https://search.example/find?utm_source=canary', 'https://search.example/find'],
    ['android-app://com.example.mail/', 'android-app://com.example.mail/'],
  ])('came from %s', (referrer, shown) => {
    from(referrer);
    expect(page().referrer).toBe(shown);
  });

  test('came from nowhere', () => {
    from('');
    expect(page()).not.toHaveProperty('referrer');
  });

  test('has no title: widgets flash what was said in it', () => {
    document.title = 'canary';
    expect(JSON.stringify(page())).not.toContain('canary');
  });
});
