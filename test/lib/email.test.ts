import { describe, expect, test } from 'vitest';
import { email } from '../../src/lib/email.ts';

describe('email', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Archer+Shop@Mail.Example.CO.UK \n', 'ada.archer+shop@mail.example.co.uk'],
    ["o'neill@example.ie", "o'neill@example.ie"],
    ['jürgen@bücher.example', 'jürgen@bücher.example'],
  ])('takes %j', (value, address) => {
    expect(email(value)).toBe(address);
  });

  test.each([
    [''],
    ['ada'],
    ['ada@example'],
    ['@example.com'],
    ['ada@'],
    ['ada@.com'],
    ['ada@example.'],
    ['ada@example..com'],
    ['ada@@example.com'],
    ['ada@home@example.com'],
    ['ada archer@example.com'],
    ['Ada <ada@example.com>'],
    ['mailto:ada@example.com'],
    ['ada@example.com, bob@example.com'],
    ['ada@exam ple.com'],
    [`${'a'.repeat(243)}@example.com`],
    ['a'.repeat(1_000_000)],
    [`a@${'b.'.repeat(1_000_000)}`],
    [null],
    [undefined],
    [7],
    [['ada@example.com']],
    [{ toString: () => 'ada@example.com' }],
  ])('refuses what is none (%#)', (value) => {
    expect(email(value)).toBeUndefined();
  });

  test('takes the longest address there is', () => {
    const longest = `${'a'.repeat(242)}@example.com`;
    expect(longest).toHaveLength(254);
    expect(email(longest)).toBe(longest);
  });
});
