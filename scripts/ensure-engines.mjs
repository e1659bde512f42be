// Finds the three engines that chatstone is tested in, and installs Firefox and WebKit in CI where we are root on Debian.
//   node scripts/ensure-engines.mjs
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './ensure-browser.mjs';

/** @typedef {{ path: string, version: string } | { missing: string }} Engine missing: why, and what to do about it */

const PACKAGES = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

const FIREFOXES = {
  linux: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
};

/** WebKitGTK's own small browser, where Linux distributions put it. */
const minibrowsers = () =>
  ['/usr/lib', '/usr/libexec', '/usr/lib64']
    .flatMap((folder) => [
      folder,
      ...(existsSync(folder) ? readdirSync(folder).map((inner) => join(folder, inner)) : []),
    ])
    .map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser'));

/** The version in what a program says, or undefined where it does not run. */
function version(program, ...args) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
}

const missing = (reason) => ({ missing: reason });
const named = (variable) => (process.env[variable] ? [process.env[variable]] : undefined);

/** @returns {Engine} */
function chromium() {
  try {
    return ensureBrowser();
  } catch (error) {
    return missing(error.message);
  }
}

/** @returns {Engine} */
function firefox() {
  for (const path of named('FIREFOX_PATH') ?? FIREFOXES[process.platform] ?? []) {
    const found = existsSync(path) && version(path, '--version');
    if (found) return { path, version: found };
  }
  return missing(
    'no Firefox that runs: install one (sudo apt-get install firefox-esr), or let FIREFOX_PATH name one',
  );
}

/** @returns {Engine} */
function webkit() {
  if (process.platform !== 'linux') return missing('WebKitGTK, which stands for Safari here, is for Linux');
  const path = (named('WEBKIT_MINIBROWSER') ?? minibrowsers()).find((one) => existsSync(one));
  const install = 'sudo apt-get install webkit2gtk-driver xvfb';
  if (!path) return missing(`no MiniBrowser of WebKitGTK: ${install}, or let WEBKIT_MINIBROWSER name one`);
  if (spawnSync('Xvfb', ['-help']).error)
    return missing(`MiniBrowser needs Xvfb, a display that nobody sees: ${install}`);
  // It tells its own version on a display only.
  return { path, version: version('dpkg-query', '-W', 'webkit2gtk-driver') ?? 'of unknown version' };
}

function look() {
  if (process.platform === 'win32') {
    const reason = 'these tests end a browser as a group of processes, which Windows does not have';
    return { chromium: missing(reason), firefox: missing(reason), webkit: missing(reason) };
  }
  return { chromium: chromium(), firefox: firefox(), webkit: webkit() };
}

/** Runs apt; what it complains of is shown. */
function apt(...args) {
  console.error(`[engines] apt-get ${args.join(' ')}`);
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3', '-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
}

/**
 * Where the engines are. In CI all three must be there: as root on Debian they are installed, else this throws. Elsewhere
 * one that is missing says why.
 *
 * @returns {{ chromium: Engine, firefox: Engine, webkit: Engine }}
 */
export function ensureEngines(ci = !!process.env.CI) {
  const absent = (engines) => Object.entries(engines).filter(([, { missing }]) => missing);
  let engines = look();
  if (!ci || !absent(engines).length) return engines;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...PACKAGES);
    engines = look();
  }
  const still = absent(engines).map(([name, { missing }]) => `${name}: ${missing}`);
  if (still.length) throw new Error(`In CI no engine may be missing.\n${still.join('\n')}`);
  return engines;
}

/** One line an engine. */
export const described = (engines) =>
  Object.entries(engines).map(([name, { path, version, missing }]) =>
    missing ? `${name} is skipped: ${missing}` : `${name} ${version} (${path})`,
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(described(ensureEngines()).join('\n'));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
