// What a script costs the page: the same shop page without any, with chatstone, and with each of its rivals, in turns, in one
// browser. `npm run bench:page` runs it and writes the page; no figure of time is judged here, only what is exact.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { CHROMIUM_ARGS } from '../../scripts/ensure-browser.mjs';
import { READERS } from './bodies.ts';
import { openCollector } from './collector.ts';
import { readClarity, SCRIPTS } from './page-clients.ts';
import { totalBlockingTime } from './page-lighthouse.ts';
import { openSite, type Site } from './page-site.ts';
import { type Reading, type Talk, type Visit, visit } from './page-visit.ts';

const QUICK = process.env['QUICK'] === '1';
const ROUNDS = Number(process.env['ROUNDS'] ?? (QUICK ? 1 : 3));
const OUTPUT = join(import.meta.dirname, '../../.cache/page.json');
const ONLY = new RegExp(process.env['ONLY'] ?? ''); // to look at one script; the page wants all
const CLIENTS = ['none', ...Object.keys(SCRIPTS)].filter((client) => ONLY.test(client));
const IN_LIGHTHOUSE = ['none', 'chatstone', ...(QUICK ? [] : ['customerio'])];
const CPUS = [1, 4];
/** What chatstone asks for where a widget is and nobody chats. */
const FILES = ['chatstone-listening.js', 'chatstone-tawk.js', 'chatstone.js'];

/** `again`: a visit with everything in the browser's cache. */
interface Case {
  first: Visit;
  again?: Visit;
  talk?: Talk;
}
type Round = Record<string, Record<number, Case>>;

const rounds: Round[] = [];
const lighthouse: Record<string, number[] | { not: string }> = {};
const unread: string[] = [];
const sizes: Record<string, number> = {};
const missing: string[] = [];

/** What a client's collector reads, with the time. */
function watched(client: string): Reading[] {
  const readings: Reading[] = [];
  const read = client === 'clarity' ? readClarity : ORIGINAL[client]!;
  READERS[client] = (body) => {
    const facts = read(body);
    readings.push({ at: Date.now(), bytes: body.bytes.length, names: facts.map(({ name }) => name) });
    return facts;
  };
  return readings;
}
const ORIGINAL = { ...READERS };

async function measure(browser: Parameters<typeof visit>[0], site: Site, client: string, cpu: number) {
  const tells = !!SCRIPTS[client]?.widget;
  const readings = tells ? watched(client) : [];
  const collector = tells ? await openCollector(client) : undefined;
  const url = site.page(client, collector?.url ?? '');
  const options = { cpu, collector: collector?.url ?? '', readings };
  const look = async (goOn: boolean) => {
    const { visit: figures, talk, close } = await visit(browser, url, options);
    const talked = goOn && collector ? { talk: await talk() } : {};
    await close();
    return { figures, talked };
  };
  const whole = !QUICK || cpu === 1;
  const { figures: first } = await look(false);
  const again = whole ? await look(true) : undefined;
  const found: Case = { first, ...(again && { again: again.figures, ...again.talked }) };
  unread.push(...(collector?.unread ?? []).map((what) => `${client}: ${what}`));
  await collector?.shut();
  return found;
}

async function inLighthouse(site: Site) {
  for (const client of IN_LIGHTHOUSE.filter((client) => ONLY.test(client))) {
    const before = lighthouse[client] ?? [];
    if (!Array.isArray(before)) continue;
    const collector = client === 'none' ? undefined : await openCollector(client);
    try {
      const url = site.page(client, collector?.url ?? '');
      lighthouse[client] = [...before, await totalBlockingTime(inject('chromium'), url)];
    } catch (error) {
      lighthouse[client] = { not: (error as Error).message };
    }
    await collector?.shut();
  }
}

beforeAll(async () => {
  const site = await openSite();
  const profile = mkdtempSync(join(tmpdir(), 'chatstone-page-')); // on the disk, as a visitor's is
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: inject('chromium'),
    args: CHROMIUM_ARGS,
  });
  try {
    const options = { cpu: 1, collector: '', readings: [] };
    const { close } = await visit(browser, site.page('none', ''), options); // the browser's own beginnings are nobody's cost
    await close();
    for (let i = 0; i < ROUNDS; i++) {
      const round: Round = {};
      rounds.push(round);
      // Whoever comes first in a round does not come first in the next.
      for (const cpu of CPUS)
        for (const client of [
          ...CLIENTS.slice(i % CLIENTS.length),
          ...CLIENTS.slice(0, i % CLIENTS.length),
        ]) {
          const began = Date.now();
          (round[client] ??= {})[cpu] = await measure(browser, site, client, cpu);
          console.info(`${i + 1}: ${client}, ${cpu}×, ${Date.now() - began} ms`);
        }
      await inLighthouse(site);
    }
    for (const file of FILES) sizes[file] = await site.size('chatstone', file);
  } finally {
    await browser.close();
    missing.push(...site.missing);
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify({ rounds, lighthouse }, null, 2));
}, 3_600_000);

const of = (client: string) => rounds.flatMap((round) => Object.values(round[client]!));

describe('chatstone', () => {
  test('asks for nothing but its files and the widget’s before the first chat', () => {
    for (const { first, again } of of('chatstone')) {
      expect(first.files.sort()).toEqual(FILES);
      if (again) expect(again.files).toEqual([]);
    }
  });

  test('asks for its file alone where no widget is', () => {
    for (const { first, again } of of('waiting')) {
      expect(first.files).toEqual(['chatstone.js']);
      if (again) expect(again.files).toEqual([]);
    }
  });

  test('loads Customer.io’s client for the first chat, and not before', () => {
    for (const { talk } of of('chatstone'))
      if (talk) expect(talk.files).toEqual(['chatstone-engine.js', 'chatstone-customerio.js', 'collector']);
  });

  test('costs the bytes of these files until then, and their headers', () => {
    const bodies = FILES.reduce((sum, file) => sum + sizes[file]!, 0);
    for (const { first } of of('chatstone')) {
      expect(first.bytes).toBeGreaterThan(bodies);
      expect(first.bytes).toBeLessThan(bodies + FILES.length * 500);
    }
  });

  test('shifts nothing that is seen', () => {
    for (const { first, again } of of('chatstone'))
      for (const one of [first, again ?? first]) expect(one.shift).toBeLessThan(0.001); // the page itself does, by less
  });

  test('has it in the database before the collector has it', () => {
    for (const { talk } of of('chatstone')) if (talk) expect(talk.indexedDB).toBeLessThan(talk.wire!);
  });
});

describe('the bench', () => {
  test.each(CLIENTS)('has all visits of %s', (client) => {
    expect(of(client)).toHaveLength(ROUNDS * CPUS.length);
  });

  test.each(CLIENTS.filter((client) => SCRIPTS[client]?.widget))('sees a chat of %s arrive', (client) => {
    const talks = of(client).flatMap(({ talk }) => talk ?? []);
    expect(talks.length).toBeGreaterThan(0);
    for (const { wire } of talks) expect(wire).not.toBeNull();
  });

  test('could read every body, and has every file', () => {
    expect({ unread, missing }).toEqual({ unread: [], missing: [] });
  });
});
