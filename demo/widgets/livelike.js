// A fake of LiveLike's chat element, after livelike.umd.dev.js of https://www.npmjs.com/package/@livelike/engagementsdk (2.57.3)
import { createFake } from './fake.js';

export const about = {
  title: 'LiveLike',
  link: 'https://docs.livelike.com/docs/getting-started-with-the-web-sdk',
  gaps: 'a group chat of fans, not a support chat: no agent, no end, no rating, and no e-mail. An opening is inferred from entering the room, which is the conversation. Headless use, without the element, tells nothing',
  proof: 'a fake, and the real `@livelike/engagementsdk` element',
};

const ROOM = '7f9c24e5-2f6b-4c0e-9d0a-6a0c1d7b2e11';

/**
 * Puts LiveLike on a page: a script without a stub, and an element whose events bubble.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, shadow?: boolean }} [options] shadow: the element stands in the shadow of another
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, shadow = false } = {}) {
  const { document } = window;
  const host = document.createElement('div');
  const element = document.createElement('livelike-chat');
  host.hidden = true;

  const tell = (event, detail) =>
    element.dispatchEvent(
      new window.CustomEvent(event, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  const line = (text, sender) => ({
    id: `message-${fake.lines.length}`,
    message: text,
    sender_id: sender,
    sender_nickname: sender,
    room_id: ROOM,
    created_at: new Date().toISOString(),
    timetoken: `${Date.now()}0000`,
    message_event: 'message-created',
  });
  const receive = (message) => tell('messagereceived', { message, roomId: ROOM });
  const enter = () => tell('roomentered', { room: element, roomId: ROOM });

  const fake = createFake(
    'livelike',
    {
      load() {
        window.LiveLike = { init: async () => ({}), LiveLikeChat: class {} };
        element.setAttribute('roomid', ROOM);
        (shadow ? host.attachShadow({ mode: 'open' }) : host).append(element);
        document.body.append(host);
      },
      open: enter,
      close: () => tell('roomexited', { room: element, roomId: ROOM }),
      // Told when the server has taken it; then it comes back as everybody's lines do.
      visitor(text) {
        const payload = line(text, 'visitor');
        tell('messagesent', { message: text, quoteMessage: undefined, roomId: ROOM, resPayload: payload });
        receive(payload);
      },
      agent: (text, { id }) => receive(line(text, id)),
      bot: (text) => receive(line(text, 'bot')),
      // Each page enters the room anew, and is handed what was said.
      replay() {
        enter();
        tell('messagehistory', { messages: fake.lines.map(({ text, from }) => line(text, from)) });
      },
      uninstall() {
        host.remove();
        delete window.LiveLike;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
