// A browser of any engine, opened by URL with a profile that lasts, and without an automation protocol, which would change
// what is kept: WebKit's keeps nothing, and all of them count as gestures. It can be ended at once, with all its processes.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import { PLAIN_ARGS } from '../browser/chromium-args.ts';
import type { EngineName } from './setup.ts';

/** How the visitor has set the browser up. */
export type Mode =
  | 'usual'
  /** Nothing of it outlives the window. */
  | 'private'
  /** Firefox: the strict protection against tracking. */
  | 'strict'
  /** Cookies and all other storage are refused. */
  | 'refusing';

interface Start {
  args: string[];
  env?: Record<string, string>;
}

const folder = (profile: string, name: string) => {
  const path = join(profile, name);
  mkdirSync(path, { recursive: true });
  return path;
};

const QUIET_FIREFOX = {
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'termsofuse.bypassNotification': true,
  'toolkit.startup.max_resumed_crashes': -1,
};

// https://searchfox.org/mozilla-central/source/browser/app/profile/firefox.js (browser.contentblocking.features.strict)
const FIREFOX_MODES: Record<Mode, Record<string, string | number | boolean>> = {
  usual: {},
  private: { 'browser.privatebrowsing.autostart': true },
  strict: {
    'browser.contentblocking.category': 'strict',
    'network.cookie.cookieBehavior': 5,
    'privacy.fingerprintingProtection': true,
    'privacy.query_stripping.enabled': true,
    'privacy.trackingprotection.emailtracking.enabled': true,
    'privacy.trackingprotection.enabled': true,
    'privacy.trackingprotection.socialtracking.enabled': true,
  },
  refusing: { 'network.cookie.cookieBehavior': 2 },
};

const STARTS: Record<EngineName, (profile: string, mode: Mode) => Start> = {
  chromium(profile, mode) {
    if (mode === 'refusing')
      writeFileSync(
        join(folder(profile, 'Default'), 'Preferences'),
        JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
      );
    return {
      args: [
        ...PLAIN_ARGS,
        '--headless',
        '--remote-debugging-port=0', // else a headless browser ends at once
        `--user-data-dir=${profile}`,
        ...(mode === 'private' ? ['--incognito'] : []),
      ],
    };
  },
  firefox(profile, mode) {
    const prefs = Object.entries({ ...QUIET_FIREFOX, ...FIREFOX_MODES[mode] });
    writeFileSync(
      join(profile, 'user.js'),
      prefs.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''),
    );
    return {
      args: ['--headless', '--no-remote', '--profile', profile],
      env: { HOME: folder(profile, 'home'), MOZ_CRASHREPORTER_DISABLE: '1' },
    };
  },
  webkit(profile, mode) {
    return {
      args: {
        usual: [],
        private: ['--private'],
        strict: [],
        refusing: ['--cookies-policy=never'],
      }[mode],
      env: {
        HOME: profile,
        XDG_DATA_HOME: join(profile, 'data'),
        XDG_CACHE_HOME: join(profile, 'cache'),
        XDG_CONFIG_HOME: join(profile, 'config'),
      },
    };
  },
};

let screen: { process: ChildProcess; name: Promise<string> } | undefined;

/** A display that nobody sees, on a number that Xvfb itself picks. */
function display(): Promise<string> {
  if (!screen) {
    const process = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const name = new Promise<string>((resolve, reject) => {
      process.once('error', reject);
      process.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
      process.stdio[3]!.once('data', (number) => resolve(`:${String(number).trim()}`));
    });
    screen = { process, name };
  }
  return screen.name;
}

export function closeDisplay(): void {
  screen?.process.kill();
  screen = undefined;
}

/** The processes of a group that are alive. Orphans stay zombies for a while, which do not count. */
function members(group: number): number[] {
  if (!existsSync('/proc/self/stat')) {
    try {
      process.kill(-group, 0);
      return [group];
    } catch {
      return []; // the group is gone: that is the answer
    }
  }
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (!pid) return false;
      try {
        const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const [state, , its] = line.slice(line.lastIndexOf(')') + 2).split(' ');
        return Number(its) === group && state !== 'Z';
      } catch {
        return false; // it ended while we looked
      }
    });
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** Opens URLs, each in a tab or window of its own. */
export async function openBrowser(engine: EngineName, profile: string, mode: Mode, urls: readonly string[]) {
  const found = inject('engines')[engine];
  const [first, ...more] = urls;
  if (found.missing !== undefined) throw new Error(found.missing);
  const { args, env } = STARTS[engine](profile, mode);
  const child = spawn(found.path, [...args, ...(engine === 'chromium' ? [first!] : urls)], {
    env: { ...process.env, ...env, ...(engine === 'webkit' && { DISPLAY: await display() }) },
    detached: true, // the leader of a group of its own
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  const group = child.pid!;
  // Without a window Chromium opens one of the URLs that it is given.
  if (engine === 'chromium' && more.length) {
    const port = join(profile, 'DevToolsActivePort');
    while (!existsSync(port) || !readFileSync(port, 'utf8').includes('\n')) await delay(20);
    for (const url of more)
      await fetch(`http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}/json/new?${url}`, {
        method: 'PUT',
      });
  }

  const kill = async () => {
    // What is forked while the group is ended may outlive the first signal.
    while (members(group).length) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
      await delay(20);
    }
    await ended;
  };

  return {
    /** All its processes end at once, without a word. */
    kill,
    /** It is asked to end. */
    async close() {
      child.kill('SIGTERM');
      await Promise.race([ended, delay(5000)]);
      const end = Date.now() + 3000;
      while (members(group).length && Date.now() < end) await delay(20);
      await kill();
    },
    /** Ends those of its processes that run a program; returns how many. */
    endProcesses(program: string): number {
      const those = members(group).filter((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[0]!.endsWith(`/${program}`),
      );
      for (const pid of those) process.kill(pid, 'SIGKILL');
      return those.length;
    },
  };
}

/** A folder for a profile, and what takes it away. */
export function newProfile(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'chatstone-engine-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
