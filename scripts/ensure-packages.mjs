// Installs what package-lock.json names, if it is not there yet. Node built-ins only: this runs before anything else can.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs `npm ci` unless node_modules holds the versions of the lock file.
 * @param {string} [root] the folder with package-lock.json
 * @throws {Error} in words for the person at the terminal
 */
export function ensurePackages(root = ROOT) {
  if (hasPackages(root)) return;
  console.log('Installing packages (npm ci), once …');
  // NODE_ENV=production would leave out the tools. npm is a .cmd file on Windows, which needs the shell.
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync('npm', ['ci', '--include=dev'], { cwd: root, stdio: 'inherit', shell });
  if (error) throw new Error(`npm cannot be run (${error.message}). It comes with Node: https://nodejs.org`);
  if (status !== 0) {
    throw new Error(
      'npm ci failed; its own words stand above. It needs a way to the npm registry, once. Then try again.',
    );
  }
}

/**
 * Compares with the copy of the lock file that npm leaves in node_modules. Their times would tell less: a checkout of
 * another branch touches package-lock.json though nothing changed.
 * @param {string} root
 */
export function hasPackages(root = ROOT) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const here = packagesOf(installed);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    // Optional packages are those of other platforms. The key '' is the project itself.
    ([path, { version, optional }]) => path === '' || optional || here[path]?.version === version,
  );
}

/** @param {string} lockFile @returns {Record<string, { version?: string, optional?: boolean }>} */
const packagesOf = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages;
