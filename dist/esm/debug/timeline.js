import { element } from './element.js';
import { clock, outcome, signal, stands } from './words.js';
const TONES = { accepted: 'good', sent: 'wait', waiting: 'wait', dropped: 'bad', elsewhere: 'faint' };
const MOST = 100; // rows that are drawn
const SHOWN = ['topic', 'csat_score', 'agent_team', 'order_id', 'product_sku'];
/** The rows of a story, oldest first. */
function rowsOf(story, status) {
    const { state } = status.consent;
    const rows = [
        ...story.pages.map(({ at, path }) => ({ at, title: `Page ${path}`, detail: '' })),
        ...story.signs.map((sign) => ({
            at: sign.at,
            title: signal(sign),
            by: sign.widget,
            detail: outcome(sign, state),
            tone: sign.reached?.length ? '' : 'faint',
        })),
        ...story.told.map((told) => {
            const all = Object.entries(stands(told, status));
            const facts = SHOWN.filter((name) => told.properties[name] !== undefined).map((name) => `${name}: ${told.properties[name]}`);
            if (told.properties.is_bot)
                facts.unshift('a bot');
            if (told.properties.is_test)
                facts.unshift('a test');
            return {
                at: told.at,
                title: told.type === 'identify' ? 'identify: what is known of the person' : told.name,
                by: facts.join(', '),
                detail: all.map(([name, { words }]) => (name === '?' ? words : `${name}: ${words}`)).join('; ') ||
                    'recorded',
                tone: TONES[all[0]?.[1].state ?? 'waiting'],
            };
        }),
        ...story.faults.map(({ at, place, message }) => ({
            at,
            title: `Error in ${place}`,
            detail: message,
            tone: 'bad',
        })),
    ];
    return rows.sort((a, b) => a.at - b.at);
}
/** Draws it; returns what draws it anew. */
export function timeline() {
    const list = element('ol', { class: 'timeline', tabindex: 0, 'aria-label': 'Timeline, oldest first' });
    const none = element('p', { class: 'faint' }, 'Nothing yet. Open the chat and write a line.');
    let shown = '';
    const toEnd = () => {
        list.scrollTop = list.scrollHeight;
    };
    return {
        toEnd,
        element: element('div', {}, none, list),
        show(story, status) {
            const rows = rowsOf(story, status).slice(-MOST);
            const now = JSON.stringify(rows);
            if (now === shown)
                return;
            shown = now;
            const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
            none.hidden = rows.length > 0;
            list.hidden = !rows.length;
            list.replaceChildren(...rows.map(({ at, title, by, detail, tone }) => element('li', {}, element('time', { datetime: new Date(at).toISOString() }, clock(at)), element('div', {}, element('b', {}, title), by ? ` ${by}` : false, detail ? element('span', { class: tone }, detail) : false))));
            if (atEnd)
                toEnd();
        },
    };
}
