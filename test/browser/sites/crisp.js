// A shop that takes Crisp from npm.
import { Crisp } from 'crisp-sdk-web';

export const start = () => Crisp.configure('7c3a0e0e');

export function listen(note) {
  Crisp.chat.onChatOpened(() => note('opened'));
  Crisp.chat.onChatClosed(() => note('closed'));
  Crisp.message.onMessageSent(() => note('sent'));
  Crisp.message.onMessageReceived(() => note('received'));
  Crisp.user.onEmailChanged(() => note('email'));
}

export const open = () => Crisp.chat.open();
