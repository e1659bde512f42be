import { crisp } from './crisp.ts';
import { form } from './form.ts';
import { intercom } from './intercom.ts';
import { rocketChat } from './rocket-chat.ts';
import { tawk } from './tawk.ts';

/** The sources of the script, by name. */
export const sources = { crisp, form, intercom, 'rocket-chat': rocketChat, tawk };
