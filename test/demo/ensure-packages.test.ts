// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensurePackages, hasPackages } from '../../scripts/ensure-packages.mjs';

const LOCKED = {
  '': { version: '2.0.0' },
  'node_modules/hono': { version: '4.1.0' },
  'node_modules/lightningcss-win32': { version: '1.0.0', optional: true },
};

describe('ensurePackages', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chatstone-packages-'));
    mkdirSync(join(root, 'node_modules'));
    write('package-lock.json', LOCKED);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, packages: unknown) {
    writeFileSync(
      join(root, path),
      JSON.stringify({ name: 'shop', version: '2.0.0', lockfileVersion: 3, packages }),
    );
  }
  const install = (packages: unknown) => write('node_modules/.package-lock.json', packages);

  test('finds what is installed, whatever the time of the lock file and the packages of other platforms', () => {
    install({ 'node_modules/hono': { version: '4.1.0' } });
    utimesSync(join(root, 'package-lock.json'), 2 ** 31, 2 ** 31);
    expect(hasPackages(root)).toBe(true);
  });

  test.each([
    ['another version', { 'node_modules/hono': { version: '4.0.0' } }],
    ['one missing', {}],
  ])('misses packages at %s', (_, packages) => {
    install(packages);
    expect(hasPackages(root)).toBe(false);
  });

  test('misses packages where nothing is installed', () => {
    expect(hasPackages(root)).toBe(false);
  });

  test('says so when npm ci fails', () => {
    writeFileSync(join(root, 'package.json'), 'not JSON'); // npm gives up on it without asking anybody
    expect(() => ensurePackages(root)).toThrow('npm ci failed');
  });
});
