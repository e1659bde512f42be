// What the buttons of the situations do. Each returns what is said of it.
import { setWeather } from './collector.js';
import { kept } from './kept.js';

const chatstone = (...call) => window.chatstone(...call); // the stub is replaced: look it up each time
const decision = kept('localStorage', 'ravelgarth-consent', null);

const weather = (sky, said) => async () => {
  await setWeather(sky);
  if (!sky) chatstone('flush');
  return said;
};
/** Another script of the page does it. */
const happens = (name, said) => () => {
  document.dispatchEvent(new Event(name));
  return said;
};

export const acts = {
  'sign-in'() {
    chatstone('identify', { id: 'c-1042', email: 'ailsa@example.com', name: 'Ailsa Graham' });
    return 'The shop has said who this is.';
  },
  unreachable: weather({ cut: 'before' }, 'The connection breaks from now on. Chat now.'),
  fine: weather(undefined, 'The collector answers again.'),
  500: weather({ status: 500 }, 'It answers 500 from now on. Let something happen in the chat.'),
  401: weather(
    { status: 401 },
    'It answers 401 from now on, as to a wrong write key. Let something happen in the chat.',
  ),
  refuse: weather(
    { refuse: 'chat_agent_replied' },
    'It refuses agents’ replies from now on. Play the agent, and reply.',
  ),
  async flush() {
    await chatstone('flush');
    return 'Told to deliver.';
  },
  'second-tab'() {
    // With its opener it begins with the same chat, as a vendor’s widget would.
    window.open(location.href.replace(/#.*/, ''), '_blank');
    return 'The second tab is open.';
  },
  withdraw() {
    decision.set('denied');
    chatstone('consent', 'denied');
    return 'The consent is taken back.';
  },
  'ask-again'() {
    decision.set(null);
    location.reload();
    return 'Asking again.';
  },
  'second-open': happens('second-open', 'The second chat is open.'),
  'second-write': happens('second-write', 'The visitor has written a line there.'),
  'second-reply': happens('second-reply', 'Its agent has replied.'),
  'shopify-yes': happens('shopify-yes', 'Shopify’s banner is answered with yes.'),
  'shopify-no': happens('shopify-no', 'Shopify’s banner is answered with no.'),
  customer() {
    const address = new URL(location.href);
    if (address.searchParams.has('customer')) {
      address.searchParams.delete('customer');
      chatstone('reset'); // as a shop does at log-out
    } else address.searchParams.set('customer', '');
    location.assign(address);
    return 'Loading the page anew.';
  },
};
