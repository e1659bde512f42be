// Customer.io's own browser client, in a module of its own so that it is loaded only where it is wanted.
// https://docs.customer.io/integrations/data-in/connections/javascript/js-source/
import { AnalyticsBrowser } from '@customerio/cdp-analytics-browser';
/**
 * Starts a client that fetches nothing, posts nothing and keeps nothing: messages pass through it to a plugin of type
 * `after`, which posts them itself.
 *
 * @param writeKey Customer.io's Data Pipelines key of a JavaScript source
 */
export async function load(writeKey) {
    const [client] = await AnalyticsBrowser.load({
        writeKey,
        // Settings at hand are not fetched; metrics would go to cdp.customer.io whatever the region.
        cdnSettings: { integrations: {}, metrics: { sampleRate: 0 } },
    }, {
        integrations: { 'Customer.io Data Pipelines': false }, // its own delivery stays out
        useQueryString: false, // else a link with ?ajs_uid= could say who the visitor is
        globalAnalyticsKey: '_chatstone_client', // else it takes the calls that wait in the page's window.analytics
        disableClientPersistence: true,
    });
    return client;
}
