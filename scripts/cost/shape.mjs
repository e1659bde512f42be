// What a chat is like: published figures with their addresses, and what nobody publishes, as assumptions.

/** @typedef {{ value: number, says: string, source?: string, from?: string, note?: string }} Figure */

const BOTS = 'https://www.comm100.com/blog/what-percentage-of-chats-can-ai-chatbots-resolve';
const AGENTS = 'https://www.comm100.com/blog/ai-reduce-customer-service-agent-workload';

/** The shape of a chat. Seconds, shares and counts. @type {Record<string, Figure>} */
export const SHAPE = {
  withBot: {
    value: 0.753,
    says: 'share of chats that a bot takes first',
    source: BOTS,
    from: 'Comm100, 2026',
  },
  botAlone: {
    value: 0.448,
    says: 'share of these that the bot ends without an agent',
    source: BOTS,
    from: 'Comm100, 2026',
  },
  duration: {
    value: 530,
    says: 'seconds that a chat with an agent lasts, on average',
    source: AGENTS,
    from: 'Comm100, 2026 (8 min 50 s)',
    note: 'Zendesk: 10 min 35 s (2015); retailers with LiveChat: 11 min 29 s (2014)',
  },
  wait: {
    value: 35,
    says: 'seconds until an agent takes it, on average',
    source: 'https://www.comm100.com/resources/report/live-chat-benchmark-report/wait-time/',
    from: 'Comm100, 2021',
    note: 'Zendesk: 1 min 36 s to the first reply (2015)',
  },
  missed: {
    value: 0.21,
    says: 'share of chats for an agent that nobody answers',
    source: 'https://99firms.com/blog/live-chat-statistics',
    from: '99firms, at second hand',
  },
  rated: {
    value: 0.25,
    says: 'share of chats with an agent that are rated',
    source: 'https://www.oversai.com/glossary/csat-response-rate',
    from: 'Oversai (25–50 % after an interaction; the lower end)',
  },
  lines: { value: 20, says: 'lines in a chat with an agent, on average' },
  botLines: { value: 8, says: 'lines in a chat with a bot, or before the agent comes, on average' },
  lineSpread: { value: 0.6, says: 'standard deviation of the logarithm of both' },
  botDuration: { value: 150, says: 'seconds that the part with the bot lasts, on average' },
  typing: { value: 1, says: '“is typing” for each line' },
  reopened: { value: 0.5, says: 'times that the window is closed and opened again in a chat' },
  idleOpenings: { value: 0.5, says: 'openings without a line, for each chat' },
  topic: { value: 0.7, says: 'share of chats whose topic becomes known' },
  newTopic: { value: 0.1, says: 'share of these whose topic changes' },
  transferred: { value: 0.15, says: 'share of chats with an agent that go on to another one' },
  ended: { value: 0.7, says: 'share of chats whose end the page sees' },
  knownBefore: {
    value: 0.45,
    says: 'share of chats whose person is known before the first line (log-in, pre-chat form)',
  },
  knownAfter: {
    value: 0.15,
    says: 'share whose person becomes known after the chat, on the same device (checkout)',
  },
};

/** Half of the chats of a day come in these hours, evenly; the rest evenly in the others. */
export const DAY = {
  from: 10,
  to: 15,
  share: 0.5,
  source: 'https://www.zendesk.com/resources/customer-service-benchmark',
};

/** What Customer.io asks a workspace to stay under. */
export const LIMIT = {
  requests: 3000,
  seconds: 3,
  source: 'https://docs.customer.io/integrations/api/cdp/',
};

/** The values alone. */
export const values = Object.fromEntries(Object.entries(SHAPE).map(([name, { value }]) => [name, value]));
