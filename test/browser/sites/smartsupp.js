// A shop that takes Smartsupp from npm.
import { chatOpen, init } from 'smartsupp-widget';

export const start = () => init('key');

// The package has no function for it: https://docs.smartsupp.com/chat-box/javascript-api/events/
export function listen(note) {
  window.smartsupp('on', 'message_sent', () => note('sent'));
  window.smartsupp('on', 'message_received', () => note('received'));
}

export const open = chatOpen;
