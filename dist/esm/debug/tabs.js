// Tabs as the ARIA practices describe them: arrows move, one of them is in the order of the Tab key.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import { element } from './element.js';
/** @param chosen is called with the name of the tab that somebody chose */
export function tabs(of, chosen) {
    const names = Object.keys(of);
    const id = (name, what) => `${what}-${names.indexOf(name)}`;
    const badges = new Map(names.map((name) => [name, element('span', { class: 'badge' })]));
    const buttons = names.map((name) => element('button', {
        type: 'button',
        role: 'tab',
        id: id(name, 'tab'),
        'aria-controls': id(name, 'panel'),
        onclick: () => choose(name),
        onkeydown(event) {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            const to = { Home: 0, End: names.length - 1 }[event.key];
            const next = to ?? (step && (names.indexOf(name) + step + names.length) % names.length);
            if (next === undefined)
                return;
            event.preventDefault(); // arrows and Home scroll
            choose(names[next]);
            buttons[next].focus();
        },
    }, name, badges.get(name)));
    const panels = names.map((name) => element('div', {
        class: 'body',
        role: 'tabpanel',
        id: id(name, 'panel'),
        'aria-labelledby': id(name, 'tab'),
        tabindex: 0,
    }, ...of[name]));
    function select(wanted) {
        const chosen = names.includes(wanted) ? wanted : names[0];
        names.forEach((name, i) => {
            buttons[i].setAttribute('aria-selected', String(name === chosen));
            buttons[i].tabIndex = name === chosen ? 0 : -1;
            panels[i].hidden = name !== chosen;
        });
    }
    const choose = (name) => {
        select(name);
        chosen(name);
    };
    return {
        list: element('div', { role: 'tablist', class: 'tabs', 'aria-label': 'What to look at' }, ...buttons),
        panels,
        select,
        badge(name, word) {
            badges.get(name).textContent = word;
        },
    };
}
