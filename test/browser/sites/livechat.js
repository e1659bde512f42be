// A shop that takes LiveChat from npm.
import { createWidget } from '@livechat/widget-core';

let widget;

export function start() {
  widget = createWidget({ license: '1234567' });
  widget.init();
}

export const listen = (note) =>
  widget.updateEventHandlers({
    onReady: () => note('ready'),
    onNewEvent: () => note('event'),
    onFormSubmitted: () => note('form'),
    onRatingSubmitted: () => note('rating'),
    onVisibilityChanged: () => note('visibility'),
    onCustomerStatusChanged: () => note('status'),
  });

export const open = () => widget.updateVisibility('maximized');
