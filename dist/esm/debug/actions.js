// What a tester can do: deliver now, be somebody else, simulate a milestone, go offline.
import { MILESTONES } from '../core/milestones.js';
import { element } from './element.js';
import { offline, setOffline } from './offline.js';
const ALL = 'a whole chat';
/** What a simulated milestone needs beside its name. */
const NEEDS = {
    chat_topic_set: { topic: 'sizing' },
    chat_csat_submitted: { csat_score: 4 },
    chat_assigned: { agent_team: 'test' },
};
/** Tells it under the widget `test`: it is marked `is_test`, and says nothing of the person. */
const simulate = (chatstone, name) => chatstone.milestone(name, { widget: 'test', ...NEEDS[name] });
/** @param say tells the tester what was done */
export function actions(chatstone, say) {
    const which = element('select', { 'aria-label': 'Milestone to simulate' }, element('option', {}, ALL), ...MILESTONES.map((name) => element('option', {}, name)));
    const cut = element('button', {
        type: 'button',
        'aria-pressed': offline(),
        onclick() {
            const wanted = !offline();
            setOffline(wanted);
            if (wanted && !offline())
                return say('This page has locked its fetch: use the offline switch of the browser’s tools.');
            cut.setAttribute('aria-pressed', String(offline()));
            if (!offline())
                chatstone.flush();
            say(offline()
                ? 'Deliveries of this page find no network now. What happens waits; another page of the shop would deliver it.'
                : 'The network is back.');
        },
    }, 'Offline');
    const button = (label, onclick) => element('button', { type: 'button', onclick }, label);
    const about = (sentence, ...controls) => element('div', {}, element('div', { class: 'row' }, ...controls), element('p', { class: 'faint' }, sentence));
    return element('div', {}, about('Sends what waits and may go, without waiting for the next occasion.', button('Deliver now', async () => {
        await chatstone.flush();
        say('Told to deliver. What waits still stands under “How it stands”, with the reason.');
    })), about('As at a log-out: forgets the person and takes a new visitor id.', button('New visitor', () => {
        chatstone.reset();
        say('A new visitor. The chat window itself may go on with the old conversation: end it there.');
    })), about('It goes the whole way, to the person who is known now, marked as test (is_test: true, widget: test). The person’s attributes stay as they are.', which, button('Simulate', () => {
        const one = MILESTONES.find((name) => name === which.value);
        for (const name of one ? [one] : MILESTONES)
            simulate(chatstone, name);
        say(`Simulated ${which.value}: the timeline says what came of it.`);
    })), about('Lets deliveries of this page fail as without a network, until you press it again or leave the page. The shop goes on.', cut));
}
