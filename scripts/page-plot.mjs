// docs/performance.svg: two rows of bars, drawn by hand so that the file is small and reads in light and dark.
import { figure, SCRIPTS, scripting, TITLES } from './page-figures.mjs';

const BAR = 22; // units of the picture
const LEFT = 150;
const LENGTH = 420;
const VALUE = 90;
const HEAD = 34;
const WIDTH = LEFT + LENGTH + VALUE;

/** One row of bars from `top` on. */
function panel(top, title, values, shown) {
  const most = Math.max(...values);
  const bars = values.map((value, i) => {
    const y = top + HEAD + i * BAR;
    const length = ((Math.max(value, 0) / most) * LENGTH).toFixed(1);
    const client = SCRIPTS[i];
    return `  <text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${TITLES[client]}</text>
  <rect x="${LEFT}" y="${y + 2}" width="${length}" height="${BAR - 6}"${client === 'chatstone' ? ' class="ours"' : ''} />
  <text x="${LEFT + Number(length) + 6}" y="${y + 14}">${shown(value)}</text>`;
  });
  return `  <text x="0" y="${top + 20}" class="title">${title}</text>\n${bars.join('\n')}`;
}

/** docs/performance.svg @param {string} json docs/page.json */
export function performancePlot(json) {
  const result = JSON.parse(json);
  const height = HEAD + SCRIPTS.length * BAR;
  const bytes = SCRIPTS.map((client) => figure(result, client, 1, 'first', 'bytes') / 1000);
  const cpu = SCRIPTS.map((client) => scripting(result, client, 4, 'first'));
  const words = SCRIPTS.map(
    (client, i) => `${TITLES[client]} ${bytes[i].toFixed(1)} kB, ${cpu[i].toFixed(0)} ms`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${2 * height + 24}" role="img" aria-labelledby="title about">
  <title id="title">What a script costs the page on a first visit</title>
  <desc id="about">Received before the first chat, and CPU that runs and compiles script on a CPU four times as slow: ${words.join('; ')}.</desc>
  <style>
    text { font: 13px system-ui, sans-serif; fill: #333 }
    .title { font-weight: 600 }
    rect { fill: #9aa5ad }
    .ours { fill: #b5522b }
    @media (prefers-color-scheme: dark) { text { fill: #ddd } rect { fill: #6d7880 } .ours { fill: #e08a5f } }
  </style>
${panel(0, 'Received before the first chat, kB', bytes, (value) => value.toFixed(1))}
${panel(height + 24, 'CPU that runs and compiles script, until 2 s after load, CPU four times as slow, ms', cpu, (value) => value.toFixed(0))}
</svg>
`;
}
