import { kept } from './kept.js';

/** What of a chat outlives a reload, as in real widgets: `lines`, `opened`, and the `step` of its window. */
export const conversationOf = (widget) =>
  kept('sessionStorage', `ravelgarth-chat-${widget}`, { lines: [], opened: false, step: 'form' });
