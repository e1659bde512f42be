import { fault } from '../lib/guard.js';
import { json } from '../lib/json.js';
import { element } from './element.js';
import { reportPage } from './report-page.js';
import { noteWidgets, passed, report, title } from './trace.js';
import { clock, day, many } from './words.js';
/** Hands a file to the tester. */
function download(name, type, text) {
    const href = URL.createObjectURL(new Blob([text], { type }));
    element('a', { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
}
const fileName = (reports, end) => `chatstone-${reports.length === 1 ? 'chat' : 'checklist'}-${day(reports[0].from)}-${clock(reports[0].from).replace(/:/g, '-')}.${end}`;
/** Passed, or what failed and why. */
const verdict = (one) => passed(one)
    ? 'passed'
    : `failed: ${one.checks
        .filter(({ passed: ok }) => ok === false)
        .map(({ item, why }) => `${item}: ${why}`)
        .join('; ') || 'nothing was told'}`;
const SETTLING = 4000; // milliseconds until what was told last should have been accepted
export function traces(of) {
    const expected = element('input', { type: 'email', autocomplete: 'off', spellcheck: 'false' });
    const list = element('ol');
    const running = () => of.traces.find(({ to }) => !to);
    /** The reports of all that have ended, with the profiles as they are now. */
    const reports = async (which) => {
        const now = await of.status();
        if (!now)
            return [];
        return Promise.all(which.map(async (trace) => {
            const first = report(trace, of.story, now);
            if (!of.profile)
                return first;
            try {
                const found = await of.profile(Object.values(first.keys)[0]?.[0] ?? trace.expected);
                // What the profile says of the person is of when all had arrived on it: later chats change it.
                const { traits } = trace.profile ?? {};
                const arrived = first.checks.every(({ item, passed: ok }) => item !== 'accepted' || ok);
                trace.profile = { ...found, traits: found.traits };
                if (trace.arrived && traits)
                    trace.profile.traits = traits;
                trace.arrived || (trace.arrived = arrived);
            }
            catch (error) {
                of.say(`The profile cannot be asked: ${error.message}`);
            }
            return report(trace, of.story, now);
        }));
    };
    const give = (which, end) => async () => {
        const all = await reports(which());
        if (!all.length)
            return of.say('The state cannot be asked: look under “What went wrong”.');
        if (end === 'json')
            download(fileName(all, end), 'application/json', json(all.length === 1 ? all[0] : all));
        else
            download(fileName(all, end), 'text/html', reportPage(all));
        of.say(`${fileName(all, end)} is among your downloads.`);
    };
    const toggle = element('button', {
        type: 'button',
        class: 'main',
        async onclick() {
            const trace = running();
            if (!trace) {
                of.traces.push({ from: Date.now(), expected: expected.value.trim() || undefined });
                of.say('The trace runs. Chat as a shopper would, over pages of this tab; then end it.');
            }
            else {
                trace.to = Date.now();
                toggle.disabled = true;
                of.say('What waits is delivered …');
                const late = new Promise((resolve) => setTimeout(resolve, SETTLING));
                const flushed = of.flush().catch((error) => fault('debug', error)); // what waits still waits, and the report says so
                await Promise.race([flushed, late]);
                trace.status = await of.status();
                if (trace.status)
                    noteWidgets(trace, trace.status);
                toggle.disabled = false;
                const [one] = await reports([trace]);
                if (one)
                    of.say(`${title(trace)}: ${verdict(one)}.`);
            }
            of.changed();
        },
    });
    const ended = () => of.traces.filter(({ to }) => to);
    const button = (label, onclick, about) => element('button', { type: 'button', onclick, 'aria-label': about }, label);
    const all = element('div', { class: 'row' }, button('Checklist of all', give(ended, 'html')), button('All as JSON', give(ended, 'json')), button('Forget all', () => {
        of.traces.splice(0);
        of.changed();
    }));
    let turn = 0;
    async function show() {
        const mine = ++turn;
        toggle.textContent = running() ? 'End the trace' : 'Start a trace';
        expected.disabled = !!running();
        all.hidden = !ended().length;
        const now = await of.status();
        if (!now || mine !== turn)
            return; // a later one draws
        list.replaceChildren(...ended().map((trace) => {
            const one = report(trace, of.story, now);
            const told = one.milestones.reduce((sum, { told }) => sum + told, 0);
            return element('li', {}, element('b', {}, title(trace)), ` ${many(told, 'milestone')}, `, element('span', { class: passed(one) ? 'good' : 'bad' }, verdict(one)), element('div', { class: 'row' }, button('Page', give(() => [trace], 'html'), `${title(trace)} as a page`), button('JSON', give(() => [trace], 'json'), `${title(trace)} as JSON`)));
        }));
    }
    return {
        element: element('div', {}, element('label', {}, 'E-mail on which the chat should end up, if you want it checked', expected), element('div', { class: 'row' }, toggle), list, all),
        show,
    };
}
