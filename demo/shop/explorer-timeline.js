// A lane for each person, their events as points over time; and the same as a table.
import uPlot from '/vendor/uplot.js';
import { when } from './clock.js';
import { element, markup } from './element.js';
import { shapeOf } from './shapes.js';

const LANE = 22; // pixels
const NEAR = 8; // pixels between the pointer and a point
const STEP = 10; // pixels between two points that would cover each other
const FARTHEST = 70; // pixels from its time to where a point may stand
const HINT =
  'Point at a mark to read it; draw over a span to come nearer, click twice to come back. What would cover each other stands side by side.';

/** The hour, and the day where one begins. */
function hour(seconds, i) {
  const time = new Date(seconds * 1000);
  const words = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return i === 0 || words === '00:00' ? `${words}\n${day}` : words;
}

const isDark = () => {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

/** @param {{ chart: HTMLElement, legend: HTMLElement, said: HTMLElement, table: HTMLElement, details: HTMLDetailsElement }} places */
export function timeline({ chart, legend, said, table, details }) {
  /** @type {{ who: string, events: Record<string, any>[] }[]} */
  let people = [];
  let plot;
  /** @type {{ x: number, event: Record<string, any> }[][]} where the points stand */
  let lanes = [];

  function draw() {
    plot?.destroy();
    plot = undefined;
    const names = [...new Set(people.flatMap(({ events }) => events.map(({ event }) => event)))];
    const dark = isDark();
    legend.replaceChildren(
      ...names.map((name) => {
        const { path, colour } = shapeOf(name, dark);
        return element(
          'li',
          {},
          markup(`<svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${path}" fill="${colour}"/></svg>`),
          name,
        );
      }),
    );
    said.textContent = HINT;
    if (people.length) plot = new uPlot(options(dark), data(), chart);
    if (details.open) drawTable();
  }

  const times = () => people.flatMap(({ events }) => events.map(({ at }) => at / 1000));
  function data() {
    const all = times();
    const room = 1800; // seconds at both ends
    return [
      [Math.min(...all) - room, Math.max(...all) + room],
      [null, null],
    ];
  }

  function options(dark) {
    const ink = dark ? '#ece6d9' : '#26231d';
    const grid = { stroke: dark ? '#3a3832' : '#dcd4c3', width: 1 };
    const width = chart.clientWidth;
    const narrow = width < 600;
    const font = `${narrow ? 11 : 12}px system-ui, sans-serif`;
    const short = (who) => (narrow && who.length > 14 ? `${who.slice(0, 13)}…` : who);
    return {
      width,
      height: people.length * LANE + 64,
      legend: { show: false },
      cursor: { y: false, points: { show: false } },
      scales: { y: { range: () => [-0.7, people.length - 0.3], dir: -1 } },
      axes: [
        { side: 0, stroke: ink, grid, font, ticks: grid, values: (_, splits) => splits.map(hour) },
        {
          stroke: ink,
          grid,
          font,
          ticks: { show: false },
          size: narrow ? 104 : 232,
          splits: () => people.map((_, i) => i),
          values: () => people.map(({ who }) => short(who)),
        },
      ],
      series: [{}, {}],
      hooks: { draw: [(u) => points(u, dark)], setCursor: [tell] },
    };
  }

  function points(u, dark) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    lanes = people.map(({ events }, lane) => {
      const y = u.valToPos(lane, 'y', true);
      let before = Number.NEGATIVE_INFINITY;
      return events.map((event) => {
        const at = u.valToPos(event.at / 1000, 'x');
        const x = Math.min(Math.max(at, before + STEP), at + FARTHEST);
        before = x;
        const { path, colour } = shapeOf(event.event, dark);
        ctx.save();
        ctx.translate(bbox.left + x * devicePixelRatio, y);
        ctx.scale(devicePixelRatio, devicePixelRatio);
        ctx.fillStyle = colour;
        ctx.fill(new Path2D(path));
        ctx.restore();
        return { x, event };
      });
    });
    ctx.restore();
  }

  /** The point under the pointer, in words. */
  function tell(u) {
    const { left, top } = u.cursor;
    const lane = left >= 0 ? Math.round(u.posToVal(top, 'y')) : -1;
    const near = (lanes[lane] ?? []).filter(({ x }) => Math.abs(x - left) < NEAR);
    said.textContent = near.length
      ? `${people[lane].who}: ${near.map(({ event: { event, at, topic } }) => [event, topic, when(at)].filter(Boolean).join(', ')).join(' · ')}`
      : HINT;
  }

  function drawTable() {
    table.replaceChildren(
      ...people.flatMap(({ who, events }) =>
        events.map(({ at, event, topic }) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, who),
            element('td', {}, event),
            element('td', {}, element('time', { dateTime: new Date(at).toISOString() }, when(at))),
            element('td', {}, topic ?? ''),
          ),
        ),
      ),
    );
  }

  details.addEventListener('toggle', () => details.open && drawTable());
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  let width = chart.clientWidth;
  new ResizeObserver(() => {
    if (chart.clientWidth === width) return;
    width = chart.clientWidth;
    draw();
  }).observe(chart);

  return {
    /** @param {{ who: string, events: { at: number, event: string, topic?: string }[] }[]} now */
    show(now) {
      people = now;
      chart.parentElement.hidden = !people.length;
      said.hidden = !people.length;
      details.hidden = !people.length;
      draw();
    },
  };
}
