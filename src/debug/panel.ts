// The QA panel: what chatstone found, heard, told and delivered on this page, for people who do not code. A user of the public
// calls like any other; it is loaded only where somebody asks for it (docs/qa.md).

import type { Chatstone, Status } from '../calls.ts';
import { EVENTS } from '../core/events.ts';
import type { Stop } from '../core/types.ts';
import { fault, guard } from '../lib/guard.ts';
import { json } from '../lib/json.ts';
import { on } from '../lib/on.ts';
import { tab } from '../lib/tab.ts';
import { actions } from './actions.ts';
import { element } from './element.ts';
import { offline, setOffline } from './offline.ts';
import { profileOf } from './profiles.ts';
import { problems, standing } from './standing.ts';
import { type Heard, hear, type Story, storyFrom } from './story.ts';
import { STYLE } from './style.ts';
import { tabs } from './tabs.ts';
import { timeline } from './timeline.ts';
import { noteWidgets, type Trace, tracesFrom } from './trace.ts';
import { traces } from './traces.ts';
import { many } from './words.ts';

export interface PanelOptions {
  /** Events that were heard before the panel was there. */
  early?: readonly Heard[];
  /** Starts as a button. What the tester did last in this tab has the last word. */
  small?: boolean;
  /** Where profiles can be read, as at the demo's collector: `/api/profiles`. */
  profiles?: string;
}

/** What the panel keeps as long as the tab lives. */
interface Kept {
  small?: boolean;
  tab?: string;
  story: Story;
  traces: Trace[];
}

/** The key in sessionStorage; the tag opens the panel again where it stands. */
export const KEY = 'chatstone_debug';
const TAG = 'chatstone-panel';
const OFTEN = 2000; // milliseconds between two looks
const SOON = 150; // milliseconds in which events are drawn together

/** Opens the panel; returns what closes it. One a page: a second call closes the first. */
export function panel(
  chatstone: Chatstone,
  { early = [], small = false, profiles }: PanelOptions = {},
): Stop {
  document.querySelector(TAG)?.dispatchEvent(new Event('close'));
  const store = tab(KEY);
  const stored = (): Partial<Kept> => guard('debug', () => JSON.parse(store.get() || '{}'))() ?? {};
  const before = stored();
  const story = storyFrom(before.story);
  const kept: Kept = {
    small: before.small ?? small,
    tab: before.tab,
    story,
    traces: tracesFrom(before.traces),
  };
  const keep = () => store.set(json(kept));

  // ——— what it is made of

  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: 'open' });
  if ('replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet(); // a policy for styles does not ask about it
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } else root.append(element('style', {}, STYLE)); // Safari before 16.4

  const said = element('p', { role: 'status', class: 'said' });
  const say = (sentence: string) => {
    said.textContent = sentence;
  };
  const status = (): Promise<Status | undefined> => chatstone.status();
  const now = element('div');
  const failed = element('div');
  const nothing = element('p', { class: 'good' }, 'Nothing has failed.');
  const list = (lines: readonly string[]) =>
    element('ul', { class: 'bad' }, ...lines.map((one) => element('li', {}, one)));
  const line = timeline();
  const tracing = traces({
    traces: kept.traces,
    story,
    status,
    flush: () => chatstone.flush(),
    ...(profiles && { profile: (key) => profileOf(profiles, key) }),
    changed() {
      keep();
      showTraces();
    },
    say,
  });
  const showTraces = () => {
    view.badge('Traces', kept.traces.some(({ to }) => !to) ? 'runs' : '');
    tracing.show();
  };
  const version = element('small');
  const view = tabs(
    {
      'How it stands': [now, element('h2', {}, 'What went wrong'), failed],
      Timeline: [line.element],
      'Try it': [actions(chatstone, say)],
      Traces: [tracing.element],
    },
    (name) => {
      kept.tab = name;
      keep();
      line.toEnd();
      draw();
    },
  );
  const open = element(
    'div',
    { class: 'panel', role: 'region', 'aria-label': 'chatstone QA panel' },
    element(
      'div',
      { class: 'head' },
      element('h1', { tabindex: -1 }, 'chatstone ', version),
      element('button', { type: 'button', onclick: () => shrink(true) }, 'Make small'),
      element('button', { type: 'button', onclick: () => close(true) }, 'Close'),
    ),
    view.list,
    ...view.panels,
    said,
  );
  const count = element('span');
  const pill = element(
    'button',
    {
      type: 'button',
      class: 'pill',
      onclick: () => shrink(false),
      'aria-label': 'Open the chatstone QA panel',
    },
    'chatstone',
    count,
  );
  root.append(open, pill);

  function shrink(to: boolean, focus = true): void {
    kept.small = to;
    open.hidden = to;
    pill.hidden = !to;
    if (focus) (to ? pill : open.querySelector('h1')!).focus();
    keep();
    draw();
  }
  // The shop's own shortcuts do not hear what is typed here.
  for (const type of ['keydown', 'keyup', 'keypress'])
    host.addEventListener(type, (event) => {
      if (event.type === 'keydown' && (event as KeyboardEvent).key === 'Escape' && !open.hidden) shrink(true);
      event.stopPropagation();
    });

  // ——— what it shows

  let drawing: Promise<unknown> | undefined;
  let closed = false;
  const draw = () => drawNow().catch((error) => fault('debug', error));
  async function drawNow(): Promise<void> {
    const stands = await status();
    if (!stands) return; // it has failed, and is counted
    const trace = kept.traces.find(({ to }) => !to);
    if (trace && noteWidgets(trace, stands)) keep();
    version.textContent = stands.version;
    const waiting = Object.values(stands.queued ?? {}).reduce((sum, one) => sum + one, 0);
    count.textContent = waiting ? `${waiting} waiting` : `${stands.delivered ?? 0} delivered`;
    if (open.hidden) return;
    const more = now.querySelector('details')?.open; // it stays as the tester left it
    now.replaceChildren(...standing(stands));
    if (more) now.querySelector('details')!.open = true;
    const wrong = problems(stands, story.faults);
    failed.replaceChildren(...(wrong.length ? [list(wrong)] : [nothing]));
    view.badge('How it stands', wrong.length ? `${wrong.length}` : '');
    line.show(story, stands);
  }
  /** Draws soon, once for all that happens until then. */
  const drawSoon = () =>
    (drawing ??= new Promise((resolve) => setTimeout(resolve, SOON)).then(() => {
      drawing = undefined;
      if (closed) return undefined;
      // The page may have put another root in its place.
      if (!host.isConnected) document.documentElement.append(host);
      return document.hidden ? undefined : draw();
    }));

  const take = (heard: Heard) => {
    hear(story, heard);
    if (heard.event === 'milestone') say(`Milestone: ${heard.detail.name}`);
    keep();
    drawSoon();
  };
  story.pages.push({ at: Date.now(), path: location.pathname });
  for (const heard of early) hear(story, heard);
  const stops = EVENTS.map((event) =>
    chatstone.on(event, (detail) => take({ event, detail, at: Date.now() } as Heard)),
  );
  const timer = setInterval(drawSoon, OFTEN);
  /** Back from the back/forward cache: other pages of this tab have gone on meanwhile. */
  const off = on('debug', window, {
    pageshow({ persisted }) {
      if (!persisted) return;
      if (!store.get()) return close();
      const { story: now, traces: all } = stored();
      Object.assign(story, storyFrom(now));
      kept.traces.splice(0, kept.traces.length, ...tracesFrom(all));
      story.pages.push({ at: Date.now(), path: location.pathname });
      keep();
      showTraces();
      draw();
    },
  });

  const close = (forever = false) => {
    closed = true;
    for (const stop of stops) stop();
    off();
    clearInterval(timer);
    if (offline()) setOffline(false);
    host.remove();
    if (forever) store.set(null);
  };
  host.addEventListener('close', () => close());

  document.documentElement.append(host);
  view.select(kept.tab ?? '');
  shrink(!!kept.small, false);
  showTraces();
  say(
    kept.traces.some(({ to }) => !to)
      ? 'The trace goes on.'
      : `${many(story.told.length, 'message')} of this tab are known. Nothing that is said in a chat is shown or kept here.`,
  );
  return () => close(true);
}
