import { afterEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/lib/say.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('say', () => {
  test('says a sentence once a page, and who says it', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(say('write this instead')).toBeUndefined();
    say('write this instead');
    say('and that');
    expect(said.mock.calls).toEqual([['[chatstone] write this instead'], ['[chatstone] and that']]);
  });
});
