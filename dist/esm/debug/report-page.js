// Reports as a page of their own: readable, printable, without a script.
import { ITEMS, passed, seen, title } from './trace.js';
import { clock, day, many, span } from './words.js';
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** A text that is already HTML. */
class Html {
    constructor(text) {
        this.text = text;
    }
}
const written = (value) => value instanceof Html
    ? value.text
    : Array.isArray(value)
        ? value.map(written).join('')
        : String(value ?? '').replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
/** HTML; every value in it is text, unless it is HTML itself. */
const html = (parts, ...values) => new Html(parts.reduce((whole, part, i) => whole + part + (i < values.length ? written(values[i]) : ''), ''));
const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1d2422; --faint: #59635f; --line: #d5dbd8; --paper: #fff; --good: #1c6b3a; --bad: #a4262c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edea; --faint: #a6b1ac; --line: #3a4441; --paper: #161b1a; --good: #7fd39b; --bad: #ff9a96; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } caption { text-align: start; color: var(--faint); padding-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); } th { font-weight: 600; }
time, td.n { font-variant-numeric: tabular-nums; white-space: nowrap; } .faint { color: var(--faint); }
.pass { color: var(--good); font-weight: 600; } .fail { color: var(--bad); font-weight: 600; }
@media print { body { margin: 0; max-width: none; } h2 { break-before: page; } }`);
const mark = (ok) => ok === undefined
    ? html `<span class="faint">not asked</span>`
    : html `<span class="${ok ? 'pass' : 'fail'}">${ok ? '✓ pass' : '✗ fail'}</span>`;
const table = (caption, head, rows) => html `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map((cell) => html `<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(([first, ...rest]) => html `<tr><th scope="row">${first}</th>${rest.map((cell) => html `<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
const latency = ({ latencies }) => {
    if (!latencies.length)
        return 'nothing was accepted';
    const sorted = [...latencies].sort((a, b) => a - b);
    return `${span(sorted[0])} to ${span(sorted[sorted.length - 1])}, half of them within ${span(sorted[sorted.length >> 1])}`;
};
const keys = ({ keys }) => Object.entries(keys)
    .map(([name, all]) => `${all.join(', ')} (${name})`)
    .join('; ') || 'none: nothing was sent';
const CAN = { yes: 'yes', inferred: 'inferred', no: '–' };
const section = (one) => html `
<h2>${title(one)}: ${mark(passed(one))}</h2>
<p>${Object.keys(one.widgets).join(', ') || 'No widget'}, ${clock(one.from)} to ${clock(one.to)}, on ${one.pages.join(', ')}. Consent: ${one.consent}. Visitor ${one.visitor || 'unknown'}.</p>
<p>Profile: <strong>${keys(one)}</strong>${one.expected ? `, expected ${one.expected}` : ''}. From the event to its acceptance: ${latency(one)}.</p>
${table('Checklist', ['item', 'result', 'seen'], one.checks.map(({ item, passed: ok, why }) => [item, mark(ok), why]))}
${table('Milestones', ['milestone', 'the widget tells it', 'told', 'if not, why'], one.milestones.map(({ name, can, told, why }) => [name, CAN[can], told || '–', why]))}
${table('Step by step', ['time', 'what', 'what came of it'], one.steps.map(({ at, what, outcome }) => [clock(at), what, outcome]))}`;
const checklist = (reports) => html `
${table('The implementation checklist, an item a row, a chat a column', ['item', ...reports.map(title), 'all'], ITEMS.map((item) => {
    const results = reports.map(({ checks }) => checks.find((one) => one.item === item)?.passed);
    const asked = results.filter((result) => result !== undefined);
    return [item, ...results.map(mark), mark(asked.length ? asked.every(Boolean) : undefined)];
}))}
${table('Milestones over all chats', ['milestone', 'chats whose widget tells it', 'chats that told it', 'result'], seen(reports).map(({ name, can, told }) => [name, can, told, mark(can ? told > 0 : undefined)]))}`;
/** Reports as one HTML page: of several the checklist first. */
export function reportPage(reports) {
    const good = reports.filter(passed).length;
    const name = reports.length === 1 ? title(reports[0]) : `QA checklist of ${many(reports.length, 'chat')}`;
    return html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>chatstone: ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<p>${good} of ${many(reports.length, 'chat')} passed. chatstone ${reports[0]?.version}, ${day(reports[0]?.from ?? 0)}. Nothing that was said in a chat stands here.</p>
${reports.length > 1 ? checklist(reports) : ''}
${reports.map(section)}
</main>
</body>
</html>
`.text;
}
