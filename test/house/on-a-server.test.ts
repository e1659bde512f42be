// @vitest-environment node
// A shop that renders on a server imports and makes everything there; nothing runs before the page does.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');
const OPTIONS = { writeKey: 'key', url: '/chat' };
const files = ['sources', 'destinations'].flatMap((folder) =>
  readdirSync(join(SRC, folder))
    .filter((file) => !/^(index|customerio-client)\./.test(file))
    .map((file) => `${folder}/${file}`),
);

describe('on a server', () => {
  test('there is no page', () => {
    expect(typeof window).toBe('undefined');
    expect(files.length).toBeGreaterThan(30);
  });

  test.each(files)('%s can be made', async (file) => {
    const made = Object.values(await import(/* @vite-ignore */ join(SRC, file)))
      .filter((one): one is (options: object) => { name: string } => typeof one === 'function')
      .map((make) => {
        try {
          return make(OPTIONS).name;
        } catch (error) {
          return (error as Error).message;
        }
      });
    expect(made).toContain(file.replace(/.*\/|\.ts$/g, ''));
  });
});
