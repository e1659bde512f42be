import { on } from '../lib/on.js';
import { say } from '../lib/say.js';
import { several } from '../lib/several.js';
export function shopify(options) {
    const name = 'shopify';
    const { purpose } = several(`consents.${name}`, options, { purpose: 'analytics' }, /^(analytics|marketing|preferences)$/);
    return {
        name,
        sign: () => 'Shopify' in window,
        connect(tell) {
            const page = window;
            const read = ({ detail } = {}) => {
                const api = page.Shopify?.customerPrivacy;
                if (!api)
                    return;
                // Allowed too where the shop's settings ask for no consent in the visitor's region.
                const refused = purpose.filter((one) => {
                    const method = one === 'marketing' ? 'marketingAllowed' : `${one}ProcessingAllowed`;
                    return !(detail?.[`${one}Allowed`] ?? api[method]());
                });
                const said = api.currentVisitorConsent?.() ?? {}; // '' for what was not answered yet
                const answered = refused.some((one) => (said[one] ?? '') !== '');
                tell(!refused[0] ? 'granted' : answered ? 'denied' : 'pending');
            };
            const { customerPrivacy, loadFeatures } = page.Shopify ?? {};
            if (!customerPrivacy && !loadFeatures)
                return false;
            const off = on(name, document, {
                visitorConsentCollected: read,
                shopifyCustomerPrivacyApiLoaded: read,
            });
            if (customerPrivacy)
                read();
            // No theme has it for certain: who needs it asks for it.
            else
                page.Shopify.loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], (error) => {
                    if (error)
                        say("Shopify's Customer Privacy API does not load: nothing is stored or sent");
                    else
                        read();
                });
            return off;
        },
    };
}
