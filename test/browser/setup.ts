// Before the browser tests: finds or installs a Chromium, and builds what the pages load where dist/ is older than src/.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build.mjs';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const changed = (path: string) => statSync(join(root, path)).mtimeMs;

function stale(): boolean {
  if (!existsSync(join(root, 'dist/integrity.json'))) return true;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
    join('src', file),
  );
  const newest = Math.max(
    ...[...sources, 'rollup.config.mjs', 'scripts/build.mjs', 'package.json'].map(changed),
  );
  return newest > changed('dist/integrity.json');
}

export default async function setup({ provide }: TestProject): Promise<void> {
  provide('chromium', ensureBrowser().path);
  if (stale()) await build(undefined, { types: false });
}

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: string;
  }
}
