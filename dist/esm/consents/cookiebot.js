import { loads } from '../lib/loads.js';
import { on } from '../lib/on.js';
import { several } from '../lib/several.js';
export function cookiebot(options) {
    const name = 'cookiebot';
    const { category } = several(`consents.${name}`, options, { category: 'statistics' }, /^(preferences|statistics|marketing)$/);
    return {
        name,
        sign: () => 'Cookiebot' in window || loads('cookiebot.com'),
        connect(tell) {
            const read = () => {
                // Before it has loaded this is its script element, whose id is Cookiebot. Where no consent is needed, all is true.
                const { consent, hasResponse } = window.Cookiebot ?? {};
                if (category.every((one) => consent?.[one]))
                    tell('granted');
                else
                    tell(hasResponse ? 'denied' : 'pending');
            };
            read();
            return on(name, window, {
                CookiebotOnConsentReady: read,
                CookiebotOnAccept: read,
                CookiebotOnDecline: read,
                CookiebotOnDialogDisplay: read, // renew() takes the answer back and tells nothing else
            });
        },
    };
}
