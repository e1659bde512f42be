import { describe, expect, test } from 'vitest';
import { type Known, recognise, type Said } from '../../src/core/identity.ts';

type Row = [sentence: string, known: Known, said: Said, becomes: Known | 'another' | 'weaker'];

const ada = 'ada@example.com';
const bea = 'bea@example.com';

/** What is known after each of these said their word, or what the last one means. */
const after = (identifyBy: 'email' | 'id', ...words: Said[]) =>
  words.reduce<Known | string>(
    (known, said) => (typeof known === 'string' ? known : recognise(known, said, identifyBy)),
    {},
  );

describe('recognise', () => {
  describe('by e-mail', () => {
    test.each<Row>([
      ['an e-mail identifies', {}, { email: ada, by: 'form' }, { userId: ada, email: ada, by: 'form' }],
      ['an id alone does not identify', {}, { id: '7', by: 'site' }, { id: '7', by: 'site' }],
      ['nothing does not identify', {}, { by: 'site' }, {}],
      [
        'an e-mail and an id are known as the e-mail',
        {},
        { id: '7', email: ada, by: 'site' },
        { userId: ada, id: '7', email: ada, by: 'site' },
      ],
      [
        'an id joins the e-mail that is known',
        { userId: ada, email: ada, by: 'site' },
        { id: '7', by: 'site' },
        { userId: ada, id: '7', email: ada, by: 'site' },
      ],
      [
        'the same again is the same',
        { userId: ada, email: ada, by: 'widget' },
        { email: ada, by: 'widget' },
        { userId: ada, email: ada, by: 'widget' },
      ],
      [
        'a stronger word of the same raises the strength',
        { userId: ada, email: ada, by: 'form' },
        { email: ada, by: 'site' },
        { userId: ada, email: ada, by: 'site' },
      ],
      [
        'a weaker word of the same leaves the strength',
        { userId: ada, email: ada, by: 'site' },
        { email: ada, by: 'form' },
        { userId: ada, email: ada, by: 'site' },
      ],
      [
        'the address decides where ids differ',
        { userId: ada, id: '7', email: ada, by: 'site' },
        { id: '8', email: ada, by: 'site' },
        { userId: ada, id: '8', email: ada, by: 'site' },
      ],
      [
        'a new e-mail of the same customer is the same person',
        { userId: ada, id: '7', email: ada, by: 'site' },
        { id: '7', email: bea, by: 'site' },
        { userId: bea, id: '7', email: bea, by: 'site' },
      ],
      [
        'another id without an e-mail is another person',
        { userId: ada, id: '7', email: ada, by: 'site' },
        { id: '8', by: 'site' },
        'another',
      ],
      [
        'another id where no e-mail was known is another person',
        { id: '7', by: 'site' },
        { id: '8', email: ada, by: 'site' },
        'another',
      ],
    ])('%s', (_sentence, known, said, becomes) => {
      expect(recognise(known, said, 'email')).toEqual(becomes);
    });
  });

  describe('by id', () => {
    test.each<Row>([
      ['an id identifies', {}, { id: '7', by: 'site' }, { userId: '7', id: '7', by: 'site' }],
      [
        'until it is known an e-mail identifies',
        {},
        { email: ada, by: 'widget' },
        { userId: ada, email: ada, by: 'widget' },
      ],
      [
        'when the id comes, it and the e-mail are one person',
        { userId: ada, email: ada, by: 'widget' },
        { id: '7', by: 'site' },
        { userId: '7', id: '7', email: ada, by: 'site' },
      ],
      [
        'an e-mail joins the id that is known',
        { userId: '7', id: '7', by: 'site' },
        { email: ada, by: 'widget' },
        { userId: '7', id: '7', email: ada, by: 'site' },
      ],
      [
        'another id is another person, whatever the address',
        { userId: '7', id: '7', email: ada, by: 'site' },
        { id: '8', email: ada, by: 'site' },
        'another',
      ],
      [
        'a new e-mail of the same id is the same person',
        { userId: '7', id: '7', email: ada, by: 'site' },
        { id: '7', email: bea, by: 'site' },
        { userId: '7', id: '7', email: bea, by: 'site' },
      ],
    ])('%s', (_sentence, known, said, becomes) => {
      expect(recognise(known, said, 'id')).toEqual(becomes);
    });
  });

  describe.each(['email', 'id'] as const)('by %s, a different address', (identifyBy) => {
    // Who stands, who speaks, and what the other address means.
    test.each([
      ['site', 'site', 'another'],
      ['site', 'checkout', 'weaker'],
      ['site', 'widget', 'weaker'],
      ['site', 'form', 'weaker'],
      ['checkout', 'site', 'another'],
      ['checkout', 'checkout', 'another'],
      ['checkout', 'widget', 'weaker'],
      ['checkout', 'form', 'weaker'],
      ['widget', 'site', 'another'],
      ['widget', 'checkout', 'another'],
      ['widget', 'widget', 'another'],
      ['widget', 'form', 'weaker'],
      ['form', 'site', 'another'],
      ['form', 'checkout', 'another'],
      ['form', 'widget', 'another'],
      ['form', 'form', 'another'],
    ] as const)('after %s, from %s, is %s', (stands, speaks, means) => {
      expect(after(identifyBy, { email: ada, by: stands }, { email: bea, by: speaks })).toBe(means);
    });

    test('is judged by the strength of the address, not of other words', () => {
      expect(
        after(identifyBy, { by: 'site' }, { email: ada, by: 'widget' }, { email: bea, by: 'checkout' }),
      ).toBe('another');
    });

    test('of a customer whom a stronger word named is no news, though the id be the same', () => {
      const known = after(
        identifyBy,
        { id: '7', email: ada, by: 'site' },
        { id: '7', email: bea, by: 'widget' },
      );
      expect(known === 'weaker' || (known as Known).email === ada).toBe(true);
    });

    test('of a person known by id alone joins them', () => {
      expect(after(identifyBy, { id: '7', by: 'site' }, { email: ada, by: 'form' })).toMatchObject({
        id: '7',
        email: ada,
      });
    });
  });

  test.each(['email', 'id'] as const)('by %s, another id from a weaker word is no news', (identifyBy) => {
    expect(after(identifyBy, { id: '7', email: ada, by: 'site' }, { id: '8', by: 'widget' })).toBe('weaker');
  });

  test('a weaker word does not replace the id that a stronger one said', () => {
    const known = after(
      'email',
      { id: '7', email: ada, by: 'site' },
      { id: 'w-1', email: ada, by: 'widget' },
    );
    expect(known).toMatchObject({ id: '7', userId: ada });
  });

  describe("the page's client", () => {
    test.each<Row>([
      [
        'its user is our userId',
        {},
        { client: 'u1', by: 'site' },
        { userId: 'u1', client: true, by: 'site' },
      ],
      [
        'its user stands over the e-mail that is known',
        { userId: ada, email: ada, by: 'widget' },
        { client: 'u1', by: 'site' },
        { userId: 'u1', client: true, email: ada, by: 'site' },
      ],
      [
        'an e-mail joins its user',
        { userId: 'u1', client: true, by: 'site' },
        { email: ada, by: 'widget' },
        { userId: 'u1', client: true, email: ada, by: 'site' },
      ],
      [
        'an id joins its user',
        { userId: 'u1', client: true, by: 'site' },
        { id: '7', by: 'site' },
        { userId: 'u1', client: true, id: '7', by: 'site' },
      ],
      [
        'the same user again is the same',
        { userId: 'u1', client: true, by: 'site' },
        { client: 'u1', by: 'site' },
        { userId: 'u1', client: true, by: 'site' },
      ],
      [
        'another user of it is another person',
        { userId: 'u1', client: true, by: 'site' },
        { client: 'u2', by: 'site' },
        'another',
      ],
      [
        'another address than its user has, from the checkout, is no news',
        { userId: 'u1', client: true, email: ada, by: 'site' },
        { email: bea, by: 'checkout' },
        'weaker',
      ],
    ])('%s', (_sentence, known, said, becomes) => {
      expect(recognise(known, said, 'email')).toEqual(becomes);
      expect(recognise(known, said, 'id')).toEqual(becomes);
    });
  });

  test('leaves what it was given as it was', () => {
    const known: Known = { userId: ada, email: ada, by: 'form' };
    recognise(known, { id: '7', email: ada, by: 'site' }, 'id');
    expect(known).toEqual({ userId: ada, email: ada, by: 'form' });
  });
});
