// Before the browser tests: finds or installs a Chromium, and builds what the pages load where dist/ is older than src/.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CHECKOUT = 2000; // milliseconds that git may take to write a clone, in any order
const changed = (path: string) => statSync(join(root, path)).mtimeMs;

function stale(): boolean {
  if (!existsSync(join(root, 'dist/integrity.json'))) return true;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
    join('src', file),
  );
  const newest = Math.max(
    ...[...sources, 'rollup.config.mjs', 'scripts/build.mjs', 'package.json'].map(changed),
  );
  return newest > changed('dist/integrity.json') + CHECKOUT;
}

export default function setup({ provide }: TestProject): void {
  provide('chromium', ensureBrowser().path);
  // In a process of its own: Vitest's module runner has no import.meta.resolve. Types are a step of their own.
  if (stale())
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--untyped'], { stdio: 'inherit' });
}

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: string;
  }
}
