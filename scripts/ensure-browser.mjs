// Finds a Chromium that runs on this machine, and installs one where there is none.
//   node scripts/ensure-browser.mjs
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = process.getuid?.() === 0;

/** Arguments that every test browser starts with. A sandbox needs rights that root and most containers do not have. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(root || process.env.CI ? ['--no-sandbox'] : []),
];

const PLACES = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium-browser', // on Ubuntu this may be a stub that only says how to install the snap
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .flatMap((name) => process.env[name] ?? [])
    .flatMap((dir) => [
      join(dir, 'Google/Chrome/Application/chrome.exe'),
      join(dir, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

/** The version of the browser at `path`, or undefined where it does not run: a stub, or a library that is missing. */
function version(path) {
  if (!existsSync(path)) return undefined;
  if (process.platform === 'win32') return 'unknown'; // there `--version` opens a window
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? /\d+\.\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] : undefined;
}

function playwrightsOwn() {
  const path = require('playwright-core').chromium.executablePath();
  return path ? [path] : [];
}

function look() {
  for (const path of [...(PLACES[process.platform] ?? []), ...playwrightsOwn()]) {
    const found = version(path);
    if (found) return { path, version: found };
  }
  return undefined;
}

/** Runs an installer; returns what it complained of, or nothing. */
function run(command, args, env = {}) {
  console.error(`[browser] ${command} ${args.join(' ')}`);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 300_000,
  });
  if (status === 0) return '';
  const lines = `${stdout ?? ''}\n${stderr ?? ''}`
    .split('\n')
    .filter((line) => /error|E:|unable|fail/i.test(line));
  return lines[0]?.trim().slice(0, 200) ?? error?.message ?? `it ended with ${status}`;
}

const INSTALLERS = [
  {
    name: 'the download of Playwright',
    possible: () => true,
    install() {
      const cli = require.resolve('playwright-core/package.json').replace('package.json', 'cli.js');
      const failed = run(process.execPath, [cli, 'install', 'chromium'], {
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '8000',
      });
      if (failed || look() || !root) return failed;
      return run(process.execPath, [cli, 'install-deps', 'chromium']); // only now: it runs apt before it knows of a download
    },
  },
  {
    name: 'apt',
    possible: () => root && existsSync('/usr/bin/apt-get'),
    install() {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3', '-qq'];
      const stale = run('apt-get', [...patient, 'update'], env);
      return (
        run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', 'chromium'], env) || stale
      );
    },
  },
];

/**
 * The path and version of a Chromium: `$CHROMIUM_PATH`, else one that is installed, else Playwright's, else one from apt
 * where we are root. Throws one sentence that says what to do.
 */
export function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    const found = version(named);
    if (found) return { path: named, version: found };
    throw new Error(`CHROMIUM_PATH is ${named}, which does not run: let it name a Chromium, or unset it.`);
  }
  const there = look();
  if (there) return there;
  const tried = [];
  for (const { name, possible, install } of INSTALLERS) {
    if (!possible()) continue;
    const failed = install();
    const found = look();
    if (found) return found;
    tried.push(`${name}: ${failed || 'installed, but it does not run'}`);
  }
  throw new Error(
    `No Chromium on this machine (${tried.join('; ')}): install one (sudo apt-get install chromium, or npx playwright install --with-deps chromium), or let CHROMIUM_PATH name one.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { path, version } = ensureBrowser();
    console.log(`${path} (${version})`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
