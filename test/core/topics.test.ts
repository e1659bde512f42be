import { describe, expect, test, vi } from 'vitest';
import { topicOfPage, topicOfTag, topicOfText, topicsOf } from '../../src/core/topics.ts';

const TOPICS = topicsOf();

describe('topicOfText', () => {
  test.each([
    ['Does this run small?', 'sizing'],
    ['what SIZE should I take', 'sizing'],
    ['Will it fit me?', 'sizing'],
    ['Where is my order', 'order_status'],
    ['my  order\nhas not come', 'order_status'],
    ['How long does shipping take', 'shipping'],
    ['can I return these shoes for a refund', 'returns'],
    ['is it vegan?', 'ingredients'],
    ['Is this back? it was sold-out', 'stock'],
    ['my voucher does not work', 'discount'],
    ['I forgot my password', 'account'],
    ['which of these would you recommend', 'product'],
    ['can I pay by invoice', 'payment'],
    ['"refund"?', 'returns'],
    ['(shipping)', 'shipping'],
    ['colour/size', 'sizing'],
  ])('%j is about %s', (text, topic) => {
    expect(topicOfText(text, TOPICS)).toBe(topic);
  });

  test.each([
    ['hello'],
    [''],
    ['   '],
    ['I like your outfit photos'], // "fit" stands inside a word
    ['worship'],
    ['do you have this cardigan in blue'],
    ['I love this tracksuit'],
    ['do you sell stockings'],
    ['Grüße aus Köln'],
  ])('%j is about nothing we know', (text) => {
    expect(topicOfText(text, TOPICS)).toBeUndefined();
  });

  test.each([[undefined], [null], [7], [{}], [['refund']]])('%j is no text', (text) => {
    expect(topicOfText(text, TOPICS)).toBeUndefined();
  });

  test('the more telling topic wins where two match', () => {
    expect(topicOfText('where is my order, I want a refund for shipping', TOPICS)).toBe('order_status');
  });

  test("the site's words and patterns count", () => {
    const topics = topicsOf({ gifts: ['gift wrap', '/\\bpresent\\b/i'], fabric: [/\bwool(len)?\b/i] });
    expect(topicOfText('is it Woollen', topics)).toBe('fabric');
    expect(topicOfText('do you gift-wrap', topics)).toBe('gifts');
    expect(topicOfText('as a Present', topics)).toBe('gifts');
    expect(topicOfText('presentable', topics)).toBeUndefined();
  });

  test('a word of the site may have a hyphen', () => {
    expect(topicOfText('a t-shirt please', topicsOf({ shirts: ['t-shirt'] }))).toBe('shirts');
  });

  test('a word of the site may end in a mark', () => {
    expect(topicOfText('it is a gift', topicsOf({ gifts: [' gift! '] }))).toBe('gifts');
  });

  test('a word of the site that is blank means nothing', () => {
    expect(topicOfText('hello there', topicsOf({ gifts: [' ', ''] }))).toBeUndefined();
  });

  test('a pattern with a memory matches every time', () => {
    const topics = topicsOf({ gifts: ['/gift/g', /present/g] });
    const answers = ['gift', 'gift', 'present', 'present'].map((text) => topicOfText(text, topics));
    expect(answers).toEqual(Array(4).fill('gifts'));
  });

  test('a slow pattern meets no endless text', () => {
    expect(topicOfText(`${'a '.repeat(1_000_000)} refund`, TOPICS)).toBeUndefined();
  });
});

describe('topicOfTag', () => {
  test.each([
    ['Shipping', 'shipping'],
    ['shipping ', 'shipping'],
    ['SHIP', 'shipping'],
    ['Order Status', 'order_status'],
    ['order-status', 'order_status'],
    ['order_status', 'order_status'],
    ['Returns & refunds', 'returns'],
    ['VIP desk', 'other'],
    ['other', 'other'],
    ['constructor', 'other'],
    ['__proto__', 'other'],
  ])('%j is %s', (tag, topic) => {
    expect(topicOfTag(tag, TOPICS)).toBe(topic);
  });

  test.each(['gifts', 'giftCards', 'Gift Cards', 'gift-cards'])('an id of the site is itself: %s', (id) => {
    expect(topicOfTag(id, topicsOf({ [id]: ['surprise'] }))).toBe(id);
  });
});

describe('topicOfPage', () => {
  const rules = {
    '/pages/size-guide': 'sizing',
    '/pages/*ship': 'shipping',
    '/a.b': 'stock',
    '/help': 'returns',
  };

  test.each([
    ['/pages/size-guide', 'sizing'],
    ['/pages/size-guide/men', 'sizing'],
    ['/pages/about-shipping', 'shipping'],
    ['/help', 'returns'],
    ['/a.b/c', 'stock'],
  ])('%s is about %s', (path, topic) => {
    expect(topicOfPage(path, rules, TOPICS)).toBe(topic);
  });

  test.each([['/'], ['/en/pages/size-guide'], ['/axb'], ['/pages/']])('%s is about nothing', (path) => {
    expect(topicOfPage(path, rules, TOPICS)).toBeUndefined();
  });

  test('the first rule wins', () => {
    expect(topicOfPage('/a/b', { '/a/*': 'sizing', '/a/b': 'returns' }, TOPICS)).toBe('sizing');
  });

  test('no rule means no topic', () => {
    expect(topicOfPage('/', {}, TOPICS)).toBeUndefined();
  });
});

describe('topicsOf', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});

  test('is the list for shops', () => {
    expect(Object.keys(TOPICS).sort()).toEqual(
      [
        'sizing',
        'shipping',
        'order_status',
        'returns',
        'product',
        'ingredients',
        'payment',
        'discount',
        'account',
        'stock',
      ].sort(),
    );
  });

  test('takes the words of the site instead of its own', () => {
    const topics = topicsOf({ returns: ['give back'] });
    expect(topicOfText('give back', topics)).toBe('returns');
    expect(topicOfText('refund', topics)).toBeUndefined();
  });

  test('loses a topic without words', () => {
    expect(Object.keys(topicsOf({ stock: [] }))).not.toContain('stock');
  });

  test.each([
    ['a word', 'gift'],
    ['an object', {}],
    ['null', null],
  ])('says what to write where the words are %s, and keeps the rest', (_what, words) => {
    said.mockClear();
    const topics = topicsOf({ [`odd-${_what}`]: words });
    expect(topicOfText('refund', topics)).toBe('returns');
    expect(String(said.mock.calls)).toMatch(/^\[chatstone\] .*list of words/);
  });

  test('says what is wrong with a pattern, and keeps the other words', () => {
    said.mockClear();
    expect(topicOfText('gift', topicsOf({ gifts: ['/(/', 'gift'] }))).toBe('gifts');
    expect(String(said.mock.calls)).toMatch(/^\[chatstone\] topics\.gifts/);
  });
});
