// A shop that takes Intercom from npm.
import {
  Intercom,
  onHide,
  onShow,
  onUnreadCountChange,
  onUserEmailSupplied,
  show,
} from '@intercom/messenger-js-sdk';

export const start = () => Intercom({ app_id: 'app' });

export function listen(note) {
  onShow(() => note('show'));
  onHide(() => note('hide'));
  onUnreadCountChange(() => note('unread'));
  onUserEmailSupplied(() => note('email'));
}

export const open = show;
