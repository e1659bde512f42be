// The segments: their parameters to change, their members, and what other data would have made of the same rule.
import { element } from './element.js';
import { compare, membersOf, SEGMENTS } from './segments.js';

/**
 * @param {HTMLElement} place
 * @param {readonly string[]} topics
 */
export function segments(place, topics) {
  let facts = { shown: [], comparison: undefined };
  const cards = Object.entries(SEGMENTS).map(([name, { title, parameters }]) =>
    card(name, title, parameters),
  );
  place.append(...cards.map(({ root }) => root));

  function card(name, title, parameters) {
    const inputs = parameters.map(({ name: parameter, label, kind, initial, most }) => {
      const id = `${name}-${parameter}`;
      const input =
        kind === 'topic'
          ? element(
              'select',
              { id },
              topics.map((topic) => element('option', { value: topic, selected: topic === initial }, topic)),
            )
          : element('input', {
              id,
              type: 'number',
              min: 0,
              max: most,
              value: initial,
              required: true,
              inputMode: 'numeric',
            });
      input.addEventListener('input', draw);
      return { parameter, kind, label, input, most };
    });
    const fault = element('p', { class: 'fault', role: 'status' });
    const count = element('p', { class: 'count', role: 'status' });
    const list = element('ul', { class: 'members', tabIndex: 0, ariaLabel: `Members of “${title}”` });
    const against = element('table', { class: 'against', hidden: true });
    const root = element(
      'section',
      { class: 'segment', 'data-segment': name },
      element('h3', {}, title),
      inputs.map(({ label, input }) =>
        element('p', { class: 'parameter' }, element('label', { htmlFor: input.id }, label), input),
      ),
      fault,
      count,
      list,
      against,
    );

    function draw() {
      const wrong = inputs.find(({ input }) => !input.validity.valid);
      fault.textContent = wrong ? `${wrong.label}: write a whole number from 0 to ${wrong.most}.` : '';
      if (wrong) return;
      const values = Object.fromEntries(
        inputs.map(({ parameter, kind, input }) => [
          parameter,
          kind === 'number' ? Number(input.value) : input.value,
        ]),
      );
      const now = Date.now();
      const members = membersOf(name, facts.shown, values, now);
      count.textContent = members.length === 1 ? '1 person' : `${members.length} people`;
      list.replaceChildren(...members.map(({ who }) => element('li', {}, who)));
      list.hidden = !members.length;
      against.hidden = !facts.comparison;
      if (facts.comparison) against.replaceChildren(...rows(values, now));
    }

    function rows(values, now) {
      const { truth, milestones, messages } = facts.comparison;
      const wanted = membersOf(name, truth, values, now);
      const line = (title, people) => {
        const { found, should, missing, wrong } = compare(membersOf(name, people, values, now), wanted);
        const judged =
          [missing && `${missing} missing`, wrong && `${wrong} wrong`].filter(Boolean).join(', ') ||
          'all, and no other';
        return element(
          'tr',
          {},
          element('th', { scope: 'row' }, title),
          element('td', {}, `${found} of ${should}`),
          element('td', {}, judged),
        );
      };
      return [
        element('caption', {}, 'What the rule finds of the sample day'),
        line('milestones', milestones),
        line('message by message', messages),
      ];
    }
    return { root, draw };
  }

  return {
    /**
     * @param {import('./segments.js').PersonFacts[]} shown
     * @param {Record<'truth' | 'milestones' | 'messages', import('./segments.js').PersonFacts[]> | undefined} comparison
     */
    show(shown, comparison) {
      facts = { shown, comparison };
      for (const { draw } of cards) draw();
    },
  };
}
