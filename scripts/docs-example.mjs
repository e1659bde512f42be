// The worked example of docs/milestones.md: what the code makes of a chat that is told in words.

/** Rows of the first table whose head begins so, as lists of cells. */
export function rowsOf(page, head) {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => line.startsWith(head));
  if (at < 0) throw new Error(`no table begins with ${head}`);
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('|'));
  return lines.slice(at + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const AGENTS = ['Noor', 'Ben'];

/** A sentence of the example as a signal, and the words in it; `again` for a page that tells everything anew. */
function heard(sentence) {
  const [, who = '', words] = /^(The visitor|The bot|\w+) writes: “(.*)”$/.exec(sentence) ?? [];
  if (words)
    return {
      signal: {
        type: 'message',
        from: who === 'The visitor' ? 'visitor' : who === 'The bot' ? 'bot' : 'agent',
      },
      text: words,
    };
  if (/^The visitor clicks on the bubble/.test(sentence)) return { signal: { type: 'opened', gesture: true } };
  if (/^The window opens itself/.test(sentence)) return { signal: { type: 'opened', gesture: false } };
  if (/^The page is loaded anew/.test(sentence)) return 'again';
  const [, agent] = /^(\w+) takes it/.exec(sentence) ?? [];
  if (AGENTS.includes(agent)) return { signal: { type: 'assigned', agent } };
  const [, tag] = /^\w+ tags it “(.*)”$/.exec(sentence) ?? [];
  if (tag) return { signal: { type: 'topic', topic: tag } };
  if (/^\w+ ends the chat/.test(sentence)) return { signal: { type: 'ended' } };
  const [, stars] = /^The visitor gives (\d) of 5 stars/.exec(sentence) ?? [];
  if (stars) return { signal: { type: 'rated', score: Number(stars), worst: 1, best: 5 } };
  throw new Error(`the example does not know how to play “${sentence}”`);
}

/**
 * Plays the sentences of a chat, a minute each.
 *
 * @param {readonly string[]} sentences
 * @param {{ advance: Function, rollups: Function, topicsOf: Function, topicOfTag: Function, topicOfText: Function }} code of src/core
 * @returns {{ told: string[], changed: Record<string, unknown> }[]} what each made
 */
export function play(sentences, { advance, rollups, topicsOf, topicOfTag, topicOfText }) {
  const topics = topicsOf();
  const before = [];
  let conversations = [];
  let traits = {};
  const take = (happened) => {
    const step = advance(conversations, happened, 30 * 60_000);
    conversations = step.conversations;
    traits = rollups(traits, conversations, step.reached, {
      risk: ['returns', 'order_status', 'payment'],
      openCase: true,
    });
    return step.reached.map(({ name }) => name);
  };
  return sentences.map((sentence, index) => {
    const old = traits;
    const one = heard(sentence);
    const when = 1_796_000_000_000 + index * 60_000;
    let told;
    if (one === 'again') told = before.flatMap(take);
    else {
      const { signal, text } = one;
      const happened = {
        widget: 'tawk',
        conversation: 'c-12',
        when,
        own: when,
        gesture: false,
        active: true,
        fresh: 'x',
        ends: true,
        ...signal,
        ...(signal.topic && { topic: topicOfTag(signal.topic, topics) }),
        ...(signal.from === 'visitor' && { guess: topicOfText(text, topics) }),
      };
      if (signal.type === 'message') before.push(happened);
      told = take(happened);
    }
    const changed = Object.entries(traits).filter(
      ([name, value]) => !name.endsWith('_at') && value !== old[name],
    );
    return { told, changed: Object.fromEntries(changed) };
  });
}
