// What docs/cost.md says is what docs/cost.json says, and that is what the simulation gives; the crowd's model is the real delivery.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from '../../scripts/cost/herd.mjs';
import { random } from '../../scripts/cost/random.mjs';
import { costPage } from '../../scripts/cost-page.mjs';
import { delivery } from '../../src/core/delivery.ts';
import { enqueue } from '../../src/core/queue.ts';
import { Later } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';
import { MINUTE, mapStorage, message, NOON, SECOND } from '../core/builders.ts';
import { fakeLocks, installLocks, removeLocks } from '../lib/fake-locks.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** A page that is asked at some moments, and a server that answers with nothing, with a time, or takes all. */
interface Story {
  /** Milliseconds. */
  outage: number;
  asked?: readonly number[];
  /** The server says so in its first answer, in seconds. */
  later?: number;
  /** It takes what goes ahead, and then fails once more. */
  stumbles?: boolean;
}

/** When the real delivery tries, in milliseconds since the first try, and how many records go. */
async function real({ outage, asked = [], later = 0, stumbles = false }: Story, seed: number) {
  const began = Date.now();
  const storage = mapStorage();
  await storage.change((view) => {
    for (const id of ['m1', 'm2', 'm3']) enqueue(view, 'server', message(id), began);
  });
  const tries: [number, number][] = [];
  const server = {
    name: 'server',
    async deliver(messages: readonly unknown[]) {
      const at = Date.now() - began;
      tries.push([at, messages.length]);
      if (later && tries.length === 1) throw new Later(later, 'status 503');
      if (at < outage) throw new Error('no server');
      if (stumbles && messages.length === 2) throw new Error('too much for it');
    },
  };
  vi.spyOn(Math, 'random').mockImplementation(random(seed));
  const told = { sent() {}, delivered() {}, dropped() {} };
  const out = delivery(storage, [server], false, told, { soon: () => false, ours: () => false });
  out.wake();
  for (const at of asked) setTimeout(out.wake, at);
  await vi.advanceTimersByTimeAsync(outage + 11 * MINUTE);
  out.stop();
  return tries;
}

/** The same as the model has it. */
function modelled({ outage, asked = [], later = 0, stumbles = false }: Story, seed: number) {
  const waiting = page(random(seed));
  const tries: [number, number][] = [];
  const wakes = [...asked];
  for (let now = 0; ; now = waiting.until) {
    while (wakes[0] !== undefined && wakes[0] < now) {
      const wake = wakes.shift()!;
      waiting.asked(wake);
      now = waiting.until;
    }
    tries.push([now, 1]);
    if (now >= outage && !(later && tries.length === 1)) {
      tries.push([now, 2]);
      if (!stumbles) return tries;
      waiting.taken(now);
      waiting.failed(now);
      return [...tries, [waiting.until, 1], [waiting.until, 1]];
    }
    waiting.failed(now, tries.length === 1 ? later * SECOND : 0);
  }
}

describe('the crowd of docs/cost.md', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
    installLocks(fakeLocks());
    localStorage.clear();
    faults.counts = {};
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    removeLocks();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test.each<[string, Story]>([
    ['is let alone', { outage: 20 * MINUTE }],
    ['is let alone for an hour', { outage: 60 * MINUTE }],
    ['is asked now and then', { outage: 20 * MINUTE, asked: [31_000, 200_500, 460_000, 900_250] }],
    ['hears that the network is back', { outage: 10 * MINUTE, asked: [10 * MINUTE] }],
    ['has its second request refused', { outage: 5 * MINUTE, stumbles: true }],
    ['was told to wait', { outage: 5 * MINUTE, later: 90, asked: [20_000] }],
  ])('a page that %s tries when the model says', async (_, story) => {
    for (const seed of [1, 2, 3]) expect(await real(story, seed)).toEqual(modelled(story, seed));
  });
});

describe('docs/cost.md', () => {
  test('says what docs/cost.json says', () => {
    expect(read('docs/cost.md'), 'run npm run bench:cost').toBe(costPage(JSON.parse(read('docs/cost.json'))));
  });

  test('has the figures that the simulation gives, as a small part of them shows', () => {
    const args = [join(ROOT, 'scripts/cost.mjs'), '--small'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    const before = JSON.parse(read('docs/cost.json')).small;
    expect(JSON.parse(stdout), 'run npm run bench:cost').toEqual(before);
  }, 60_000);
});
