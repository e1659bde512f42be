// LiveLike's profile: the calls and their types stand in index.d.ts of https://www.npmjs.com/package/@livelike/javascript (1.3.0), and
// @livelike/engagementsdk (2.57.3) has the same.
import { SHOWN } from '../core/types.js';
import { json } from '../lib/json.js';
import { say } from '../lib/say.js';
const page = globalThis;
/** What stands in custom_data as an object; undefined where it is no JSON object. */
function read(text) {
    try {
        const found = JSON.parse(text || '{}');
        return found && typeof found === 'object' && !Array.isArray(found) ? { ...found } : undefined;
    }
    catch {
        return undefined; // the site's own text
    }
}
/** Shows what is known of the visitor in their LiveLike profile, under the key `chatstone` of `custom_data`. */
export const livelike = ({ sdk, ...routing } = {}) => {
    const find = () => {
        if (typeof sdk === 'function')
            return sdk();
        return typeof sdk === 'string' ? page[sdk] : (sdk ?? page.LiveLike ?? page.LiveLikeJs);
    };
    const tokenOf = (found) => found?.userProfile?.access_token;
    let last = Promise.resolve();
    const write = async (found, accessToken, profile) => {
        // The SDK's own copy is as old as the page; another tab or the site's server may have written since.
        const { custom_data: text } = await found.getUserProfile({ accessToken });
        const stands = read(text);
        if (!stands)
            return say('The custom_data of this LiveLike profile is not a JSON object, so nothing is written: make it one, such as {}.');
        const ours = Object.fromEntries(Object.entries(profile).sort(([a], [b]) => (a < b ? -1 : 1)));
        if (json(stands.chatstone ?? {}) === json(ours))
            return undefined;
        const options = { custom_data: json({ ...stands, chatstone: ours }) };
        return found.updateUserProfile({ accessToken, options });
    };
    return {
        name: 'livelike',
        routing: { traits: SHOWN, ...routing },
        ready: () => !!tokenOf(find()),
        show(profile) {
            const found = find();
            const token = tokenOf(found); // of now: whoever talks when its turn comes may be somebody else
            if (!found || !token)
                return Promise.reject(new Error('LiveLike has no profile yet'));
            const turn = () => write(found, token, profile);
            last = last.then(turn, turn);
            return last;
        },
    };
};
