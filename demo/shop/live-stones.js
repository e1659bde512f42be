import { element, markup } from './element.js';

const STONES = [
  ['chat_opened', 'opened'],
  ['chat_topic_set', 'topic'],
  ['chat_first_message_sent', 'first message'],
  ['chat_assigned', 'assigned'],
  ['chat_agent_replied', 'agent replied'],
  ['chat_resolved', 'resolved'],
  ['chat_csat_submitted', 'rated'],
];
const stone = `<svg viewBox="0 0 28 34" aria-hidden="true"><path class="slab" d="M4 31V13C4 6.5 8.5 2.5 14 2.5S24 6.5 24 13V31Z"/><path class="grass" d="M1 31.5H27"/><path class="check" d="M9 16.5 12.8 20.5 19.5 12"/></svg>`;

/** The seven milestones of the latest conversation: not yet, told and waiting, arrived. */
export function stones() {
  const places = new Map(
    STONES.map(([name, label]) => {
      const word = element('span', { class: 'unseen' }, 'not yet');
      return [
        name,
        {
          word,
          item: element(
            'li',
            { title: name },
            markup(stone),
            element('span', { class: 'stone-label' }, label),
            word,
          ),
        },
      ];
    }),
  );

  return {
    element: element(
      'ol',
      { class: 'stones' },
      [...places.values()].map(({ item }) => item),
    ),
    /** @param milestones of this page and the ones before, oldest first; `arrived` holds messageIds */
    show(milestones, arrived) {
      const conversation = milestones.at(-1)?.conversation;
      const states = new Map();
      for (const { text, messageId, conversation: of } of milestones)
        if (of === conversation) states.set(text, arrived.has(messageId) ? 'arrived' : 'waiting');
      for (const [name, { item, word }] of places) {
        const state = states.get(name) ?? 'not yet';
        item.dataset.state = state;
        word.textContent = state;
      }
    },
  };
}
