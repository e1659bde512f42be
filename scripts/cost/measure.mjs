// All figures of docs/cost.json, and a small part of them that a test makes anew.
import { day } from './day.mjs';
import { counted, onPaper, reached } from './growth.mjs';
import { crowd, holds, MINUTE, SECOND } from './herd.mjs';
import { DEFAULTS } from './others.mjs';
import { DAY, LIMIT, SHAPE } from './shape.mjs';
import { visitor } from './visitor.mjs';

const SEED = 20261124;
const CHATS = 1000;
const SIZES = [1e3, 1e4, 1e5, 1e6, 1e7]; // chats a day
const PAGES = [1e4, 1e5, 1e6];
const OUTAGES = [1, 10, 60]; // minutes
const TRIED = 20_000; // pages of the crowd on which rules are tried
const VISITS = [1, 10, 50, 250]; // chats

/** What stories a crowd lives through, beside the length of the outage. */
const STORIES = { quiet: {}, used: { used: MINUTE }, online: { online: true }, date: { date: true } };

/** The rules that are tried. */
const RULES = {
  now: {},
  before: { spread: 0, late: 0 },
  most15: { most: 15 * MINUTE },
  whole: { whole: true },
  alone: { alone: true },
  spread10: { spread: 10 * SECOND },
  spread60: { spread: 60 * SECOND },
  late60: { late: 60 * SECOND },
  base10: { base: 10 * SECOND },
  together: { base: 10 * SECOND, spread: 60 * SECOND },
};

const story = (pages, minutes, more) => ({ pages, outage: minutes * MINUTE, seed: SEED, ...more });

/** So little that a test can make it anew. */
export async function small() {
  const { each, ...figures } = await day(8, SEED);
  return {
    day: figures,
    counted: counted(2000, each.send, 8, SEED),
    visitor: await visitor('unknown', [1, 2], SEED),
    crowd: Object.entries(STORIES).map(([name, more]) => ({ story: name, ...crowd(story(500, 1, more)) })),
  };
}

/** @param {(word: string) => void} say what is under way */
export async function all(say) {
  say(`${CHATS} chats on as many devices, twice`);
  const { each, ...figures } = await day(CHATS, SEED);
  const { rows } = figures;
  const growth = {};
  for (const name of ['send', 'hold', 'message']) {
    growth[name] = {
      paper: SIZES.map((chats) => onPaper(chats, rows[name])),
      requestsReach: reached(rows[name], 'requests'),
      callsReach: reached(rows[name], 'calls'),
    };
    say(`days of chats: ${name}`);
    growth[name].counted = SIZES.filter((chats) => name !== 'message' || chats < 1e7).map((chats) =>
      counted(chats, each[name], CHATS, SEED),
    );
  }
  const spans = each.send.slice(0, CHATS).map((requests) => (requests.at(-1)?.at ?? 0) / SECOND);
  const visitors = {};
  for (const kind of ['known', 'unknown', 'unreachable']) {
    say(`a visitor who comes again: ${kind}`);
    visitors[kind] = await visitor(kind, VISITS, SEED);
  }
  const crowds = [];
  for (const minutes of OUTAGES)
    for (const pages of PAGES)
      for (const strict of [false, true]) {
        say(`${pages} pages after ${minutes} min${strict ? ', a strict server' : ''}`);
        crowds.push({ minutes, strict, ...crowd(story(pages, minutes, { strict })) });
      }
  const rules = [];
  for (const [rule, how] of Object.entries(RULES))
    for (const [name, more] of Object.entries(STORIES)) {
      say(`rule ${rule}: ${name}`);
      for (const minutes of OUTAGES) {
        const found = crowd(story(TRIED, minutes, { rule: how, ...more }));
        rules.push({ rule, story: name, minutes, ...found, holds: holds(found) });
      }
    }
  return {
    seed: SEED,
    limit: LIMIT,
    curve: DAY,
    shape: SHAPE,
    defaults: DEFAULTS,
    day: figures,
    span: Math.round(spans.reduce((a, b) => a + b, 0) / CHATS),
    growth,
    visitors,
    crowds,
    rules,
    tried: TRIED,
  };
}
