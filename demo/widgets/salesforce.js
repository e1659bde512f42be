// A fake of Salesforce Enhanced Chat, after
// https://developer.salesforce.com/docs/service/messaging-web/guide/event-listeners.html and the payloads of
// https://developer.salesforce.com/docs/service/messaging-api/references/about/server-sent-events-structure.html
import { createFake } from './fake.js';

export const about = {
  title: 'Salesforce Enhanced Chat',
  link: 'https://developer.salesforce.com/docs/service/messaging-web/guide/event-listeners.html',
  gaps: 'no rating, no topic, and nothing of the pre-chat form. Whether the first click also maximizes the window, and the payload of a session’s end, are unverified',
  proof: 'a fake after the documentation',
};

const BUTTON = 'embeddedMessagingConversationButton';
const CONVERSATION = '5d8bca2c-a4b3-4a6c-9a55-3c86f5a4e9d1';

/**
 * Puts Enhanced Chat on a page: a script without a stub, then window events.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, fields?: string[] }} [options] fields: the hidden fields that the shop has set up
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, fields = [] } = {}) {
  const tell = (what, detail = {}) => window.dispatchEvent(new window.CustomEvent(what, { detail }));
  let clicked = false;
  let started = false;
  let button = false;

  // What comes from the server: an entry whose payload is JSON in JSON.
  const entry = (what, role, payload, more) =>
    tell(what, {
      channelPlatformKey: '00DKc000006PWRm',
      channelType: 'embedded_messaging',
      channelAddressIdentifier: '0483e7a1',
      conversationId: CONVERSATION,
      conversationEntry: {
        senderDisplayName: 'Guest',
        identifier: `entry-${Date.now()}`,
        entryType: payload.entryType,
        entryPayload: JSON.stringify(payload),
        sender: { role, appType: role === 'Chatbot' ? 'chatbot' : 'messagingForInAppAndWeb', subject: '' },
        transcriptedTimestamp: Date.now(),
        clientTimestamp: Date.now(),
        ...more,
      },
    });
  // Told for both sides, and for what nobody said.
  const message = (role, text, more) =>
    entry(
      'onEmbeddedMessageSent',
      role,
      {
        entryType: 'Message',
        id: `message-${fake.lines.length}`,
        abstractMessage: {
          messageType: 'StaticContentMessage',
          staticContent: { formatType: 'Text', text },
        },
      },
      more,
    );
  const participant = (operation, role, { id, name }) =>
    entry('onEmbeddedMessagingConversationParticipantChanged', 'System', {
      entryType: 'ParticipantChanged',
      entries: [
        {
          operation,
          displayName: name,
          participant: { role, subject: id, appType: role === 'Agent' ? 'agent' : 'chatbot' },
        },
      ],
    });
  const status = (sessionStatus, sessionStatusPrev, sessionEndedByRole) =>
    entry('onEmbeddedMessagingSessionStatusUpdate', 'System', {
      entryType: 'SessionStatusChanged',
      sessionStatus,
      sessionStatusPrev,
      sessionEndedByRole,
    });
  const come = () => {
    tell('onEmbeddedMessagingReady');
    button = true;
    if (!window.document.getElementById(BUTTON))
      window.document.body.append(
        Object.assign(window.document.createElement('button'), { id: BUTTON, hidden: true }),
      );
    tell('onEmbeddedMessagingButtonCreated');
  };

  const fake = createFake(
    'salesforce',
    {
      load() {
        window.embeddedservice_bootstrap = {
          settings: { language: 'en_US' },
          prechatAPI: {
            // Between its readiness and the first line; strings, in fields that are set up: https://developer.salesforce.com/docs/service/messaging-web/references/m4w-reference/prechatAPI.html
            setHiddenPrechatFields(values) {
              if (!button || started) return;
              for (const [name, value] of Object.entries(values))
                if (fields.includes(name) && typeof value === 'string') fake.attributes[name] = value;
            },
            setVisiblePrechatFields() {},
          },
          userVerificationAPI: { clearSession: async () => fake.close() },
          utilAPI: {
            async launchChat() {
              if (!button) throw new Error('the chat button is not created yet');
              fake.popup();
            },
          },
        };
        come();
      },
      open() {
        if (!clicked) tell('onEmbeddedMessagingButtonClicked');
        clicked = true;
        tell('onEmbeddedMessagingWindowMaximized');
      },
      popup: () => tell('onEmbeddedMessagingWindowMaximized'),
      close: () => tell('onEmbeddedMessagingWindowMinimized'),
      prechat: () => tell('onEmbeddedMessagingPreChatSubmitted', { prechatDisplay: 'Conversation' }),
      visitor(text) {
        if (!started) {
          tell('onEmbeddedMessagingConversationStarted', { conversationId: CONVERSATION });
          tell('onEmbeddedMessagingConversationOpened');
          status('Waiting');
        }
        started = true;
        message('EndUser', text);
      },
      agent: (text, { name }) => message('Agent', text, { senderDisplayName: name }),
      bot: (text) => message('Chatbot', text, { senderDisplayName: 'Einstein' }),
      system: (text) => message('System', text, { senderDisplayName: 'Automated Process' }),
      assign(agent) {
        participant('remove', 'Chatbot', { id: '0Xx000000000001', name: 'Einstein' });
        participant('add', 'Supervisor', { id: '005000000000002', name: 'Sam' });
        participant('add', 'Agent', agent);
        status('Active', 'Waiting');
      },
      end() {
        participant('remove', 'Agent', { id: 'agent-7', name: 'Noor' });
        status('Ended', 'Active', 'Agent');
      },
      // A page that loads into a conversation: it is "opened" in this tab, by nobody.
      replay() {
        come();
        if (started) tell('onEmbeddedMessagingConversationOpened');
        if (started) status('Active', 'Waiting');
        if (fake.opened) tell('onEmbeddedMessagingWindowMaximized');
      },
      uninstall() {
        window.document.getElementById(BUTTON)?.remove();
        delete window.embeddedservice_bootstrap;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
