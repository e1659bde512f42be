import { crisp } from './crisp.ts';
import { form } from './form.ts';
import { intercom } from './intercom.ts';
import { rocketChat } from './rocket-chat.ts';
import { tawk } from './tawk.ts';
/** The sources of the script, by name. */
export declare const sources: {
    crisp: typeof crisp;
    form: typeof form;
    intercom: typeof intercom;
    'rocket-chat': typeof rocketChat;
    tawk: typeof tawk;
};
