import { crisp } from './crisp.js';
import { form } from './form.js';
import { intercom } from './intercom.js';
import { rocketChat } from './rocket-chat.js';
import { tawk } from './tawk.js';
/** The sources of the script, by name. */
export const sources = { crisp, form, intercom, 'rocket-chat': rocketChat, tawk };
