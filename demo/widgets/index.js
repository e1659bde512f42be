// The fakes, by the name of their source, with what README and the demo say of each.
import { about as crisp } from './crisp.js';
import { about as intercom } from './intercom.js';
import { about as rocketChat } from './rocket-chat.js';
import { about as tawk } from './tawk.js';

export const widgets = { crisp, intercom, 'rocket-chat': rocketChat, tawk };
