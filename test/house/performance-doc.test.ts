// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { figure, median, SCRIPTS } from '../../scripts/page-figures.mjs';
import { performancePage, performancePlot } from '../../scripts/page-table.mjs';

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
const json = read('page.json');
const result = JSON.parse(json);

describe('docs/performance.md', () => {
  test('is what npm run bench:page makes of docs/page.json', () => {
    expect(read('performance.md')).toBe(performancePage(json));
  });

  test('has the plot of the same figures', () => {
    expect(read('performance.svg')).toBe(performancePlot(json));
  });

  test('names the version of every script', () => {
    for (const client of SCRIPTS) expect(read('performance.md')).toContain(result.clients[client]);
  });

  test('says what was not measured, and gives no figure for it', () => {
    const { chatstone, ...rest } = result.lighthouse;
    expect(chatstone).toBeDefined();
    const page = performancePage(
      JSON.stringify({ ...result, lighthouse: { ...rest, chatstone: { not: 'no browser' } } }),
    );
    expect(page).toContain('did not come to an end here: chatstone: no browser.');
  });
});

describe('docs/page.json', () => {
  test('has chatstone ask for its files and nothing else before the first chat', () => {
    for (const round of result.rounds)
      for (const { first } of Object.values<any>(round.chatstone))
        expect([...first.files].sort()).toEqual([
          'chatstone-listening.js',
          'chatstone-tawk.js',
          'chatstone.js',
        ]);
  });
});

describe('median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
    [[1, null], undefined],
    [[], undefined],
  ])('of %j is %s', (all, expected) => {
    expect(median(all)).toBe(expected);
  });

  test('is taken over the rounds', () => {
    const rounds = [1, 5, 3].map((bytes) => ({ chatstone: { 1: { first: { bytes } } } }));
    expect(figure({ rounds }, 'chatstone', 1, 'first', 'bytes')).toBe(3);
    expect(figure({ rounds }, 'chatstone', 1, 'talk', 'wire')).toBeUndefined();
  });
});
