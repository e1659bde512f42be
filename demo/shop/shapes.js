// How each event looks in the timeline: a shape and a colour, so that nobody depends on the colour alone. The colours are
// those of Okabe and Ito, which colour-blind people tell apart; lighter on dark. https://jfly.uni-koeln.de/color/

const CIRCLE = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z';
const DIAMOND = 'M0-5.5 5.5 0 0 5.5-5.5 0Z';
const UP = 'M0-5.5 5.5 4.5-5.5 4.5Z';
const DOWN = 'M0 5.5 5.5-4.5-5.5-4.5Z';
const SQUARE = 'M-4.2-4.2h8.4v8.4h-8.4Z';
const CROSS = 'M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0Z';
const STAR = 'M0-6.5 1.7-2.2 6.2-2 2.7.9 3.9 5.3 0 2.8-3.9 5.3-2.7.9-6.2-2-1.7-2.2Z';
const PURSE = 'M-6-3.5 0-7 6-3.5 6 3.5 0 7-6 3.5Z';

/** Event → shape, and colours on light and on dark. */
export const SHAPES = {
  chat_opened: [CIRCLE, '#4d4d4d', '#c9c9c9'],
  chat_topic_set: [DIAMOND, '#9a6200', '#f0b429'],
  chat_first_message_sent: [UP, '#0067a3', '#56b4e9'],
  chat_assigned: [SQUARE, '#8a4a78', '#e29bcb'],
  chat_agent_replied: [DOWN, '#00734f', '#35c99a'],
  chat_resolved: [CROSS, '#4d4d4d', '#c9c9c9'],
  chat_csat_submitted: [STAR, '#b34700', '#ff9466'],
  'Order Completed': [PURSE, '#000000', '#ffffff'],
  'Message Sent': [UP, '#0067a3', '#56b4e9'],
  'Message Received': [DOWN, '#00734f', '#35c99a'],
  'Chat Closed': [CROSS, '#4d4d4d', '#c9c9c9'],
  'Chat Rated': [STAR, '#b34700', '#ff9466'],
};
const OTHER = [CIRCLE, '#4d4d4d', '#c9c9c9'];

/** @param {string} event @param {boolean} dark */
export function shapeOf(event, dark) {
  const [path, onLight, onDark] = Object.hasOwn(SHAPES, event) ? SHAPES[event] : OTHER;
  return { path, colour: dark ? onDark : onLight };
}
