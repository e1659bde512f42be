/*! chatstone 0.5.0 MIT: the custom pixel for Shopify
 *
 * Tells Customer.io who the visitor is when the checkout learns it, so that what happened in the chat is on the right person.
 *
 * 1. Shopify admin > Settings > Customer events > Add custom pixel.
 * 2. Paste this whole file and fill in the settings below.
 * 3. Permission: Required, with the purpose that PURPOSE names. Data sale: as your privacy policy says.
 * 4. Save, then Connect.
 */
const WRITE_KEY = ''; // of a JavaScript source in Customer.io, the same as in the theme
const REGION = 'us'; // 'us' or 'eu': where your Customer.io workspace lives
const API_HOST = ''; // a proxy of your own, such as 'https://events.example.com'; '' for Customer.io itself
const IDENTIFY_BY = 'email'; // 'email' or 'id' (Shopify's customer id), the same as in the theme
const PURPOSE = 'analytics'; // 'analytics', 'marketing' or 'both': the consent without which nothing is sent

// Nothing below needs to be edited.
(function () {
    'use strict';

    /** That of package.json; a test keeps them alike. */
    const VERSION = '0.5.0';

    // What a server may answer to a delivery, as errors: a destination throws one of these, the delivery loop acts on it.
    /** The server refused what was sent (400, 413, 422): the batch is split until the bad record stands alone. */
    class Refused extends Error {
    }
    /** A wrong key or host (401, 403, 404), not a wrong record: everything is kept and tried again slowly. */
    class Misconfigured extends Error {
    }
    /** The server asked to come back later (429 or 503 with Retry-After). */
    class Later extends Error {
        constructor(seconds, message) {
            super(message);
            this.seconds = seconds;
        }
    }

    /**
     * How long to wait before try number `tries` + 1, in milliseconds: full jitter under `base` * 2 ** `tries`, never more than `most`.
     * Full jitter keeps a crowd that lost the server together from coming back together. Where the server named a time, it begins there,
     * and spreads over as long again: 5 s are 11 at most for one visitor, and a crowd that was told 10 minutes comes over 5 more.
     */
    const backoff = (tries, base, most, named = 0, random = Math.random()) => named + Math.round(random * Math.min(most, named + base * 2 ** tries));

    /** An id that came bare or in quotes, as analytics.js-like clients write them; undefined for what can be none. */
    const bareId = (text) => /^[\w.:@|~+=-]{1,255}$/.exec(text?.replace(/%22|"/g, '') ?? '')?.[0];

    /** The longest address that mail can be sent to: https://www.rfc-editor.org/errata/eid1690 */
    const LONGEST$1 = 254;
    /**
     * An e-mail address as it identifies a person, trimmed and in lower case; undefined for what is none. The check is
     * conservative: what it refuses may be an address, what it takes looks like one.
     */
    function email(value) {
        const address = typeof value === 'string' ? value.trim().toLowerCase() : '';
        return address.length <= LONGEST$1 && /^[^\s@<>()[\]\\,;:"]+@[^\s@.,;:]+(\.[^\s@.,;:]+)+$/.test(address)
            ? address
            : undefined;
    }

    // The one boundary at which errors of vendors, listeners and our own code are caught: never a throw into the page.
    /** How often each place failed, and what was said last. */
    const faults = {
        counts: {},
    };
    /** Counts a fault and hands it to the listener, if there is one. */
    function fault(place, error) {
        const { listener } = faults;
        const message = error instanceof Error
            ? `${error.name}: ${error.message}`
            : typeof error === 'string'
                ? error
                : typeof error;
        faults.counts[place] = (faults.counts[place] ?? 0) + 1;
        faults.last = `${place}: ${message}`;
        faults.listener = undefined; // what fails in it, now or later, is counted and not told to it
        const back = () => {
            faults.listener = listener;
        };
        try {
            const told = listener?.(place, message);
            if (told instanceof Promise)
                told.then(back, back);
            else
                back();
        }
        catch (another) {
            fault('error listener', another);
            back();
        }
    }
    /** Wraps a function so that what it throws, now or as a rejected promise, is counted under `place` and goes no further. */
    function guard(place, work) {
        return (...args) => {
            try {
                const result = work(...args);
                if (result instanceof Promise)
                    result.catch((error) => fault(place, error));
                return result;
            }
            catch (error) {
                fault(place, error);
                return undefined;
            }
        };
    }

    /** 53 well-mixed bits of a string (cyrb53, public domain, https://github.com/bryc/code). Not for secrets. */
    function mix(text, seed) {
        let a = 0xdeadbeef ^ seed;
        let b = 0x41c6ce57 ^ seed;
        for (let i = 0; i < text.length; i++) {
            const code = text.charCodeAt(i);
            a = Math.imul(a ^ code, 2654435761);
            b = Math.imul(b ^ code, 1597334677);
        }
        a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
        b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
        return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
    }
    /** The same short word for the same text, 106 bits wide: enough to name every message of a shop once. */
    const hash = (text) => `${mix(text, 1)}-${mix(text, 2)}`;

    // JSON that a page cannot bend: Prototype.js 1.6 and its like hang `toJSON` on String and Array, and JSON.stringify obeys.
    // Keys of an object are never handed to a toJSON, so a string is quoted as a key, of an object that inherits none.
    const quote = (text) => JSON.stringify({ __proto__: null, [text]: 0 }).slice(1, -3);
    /** `JSON.stringify` of plain data. Functions, symbols and undefined are left out, numbers that are not finite become null. */
    function json(value) {
        if (typeof value === 'string')
            return quote(value);
        if (!value || typeof value !== 'object')
            return Number.isFinite(value) || typeof value === 'boolean' ? `${value}` : 'null';
        if (Array.isArray(value))
            return `[${[...value].map((one) => json(one)).join()}]`;
        return `{${Object.keys(value)
        .filter((key) => !/^(un|fu|sy)/.test(typeof value[key]))
        .map((key) => `${quote(key)}:${json(value[key])}`)
        .join()}}`;
    }

    /** A short text as it may stand in a field (a name, a phone number, an id), trimmed; undefined for anything else. */
    function label(value) {
        const text = typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';
        return text && text.length < 200 ? text : undefined;
    }

    const TIMEOUT = 15000; // milliseconds
    const KEEPALIVE = 60000; // bytes; 64 KiB may be on the wire for pages that are gone, whoever sends them
    let roomy = true; // the last keepalive request was let through
    /**
     * Posts data as text/plain, which needs no preflight, so that the request outlives its page where it may.
     *
     * @throws Refused (400, 413, 422 and other 4xx), Misconfigured (401, 403, 404, a redirect), Later (429 and 503 with Retry-After), or an
     * Error for anything that may pass: 408, 429, 5xx, network, no answer in 15 s
     */
    async function post(url, data, leaving = false) {
        const body = json(data);
        const keepalive = (roomy || leaving) && new Blob([body]).size < KEEPALIVE;
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), TIMEOUT);
        let response;
        try {
            response = await fetch(url, {
                method: 'POST',
                body,
                keepalive,
                headers: { 'content-type': 'text/plain' },
                credentials: 'omit',
                redirect: 'manual', // whoever answers does not choose who gets the data
                referrerPolicy: 'origin', // the address of the page may hold anything
                signal: patience.signal,
            });
            roomy = true;
        }
        catch (error) {
            roomy = !keepalive; // perhaps other scripts of the page use up the room: go without, once
            throw error;
        }
        finally {
            clearTimeout(timer);
        }
        const { status } = response;
        if (response.ok)
            return;
        if (response.type === 'opaqueredirect')
            throw new Misconfigured(`a redirect from ${new URL(url, location.href).origin}: write the address itself`);
        const after = response.headers.get('retry-after'); // null where CORS hides it
        if (after && (status === 429 || status === 503)) {
            const seconds = Number(after);
            throw new Later(Number.isNaN(seconds) ? (Date.parse(after) - Date.now()) / 1000 || 0 : seconds, `status ${status}`);
        }
        if (status === 401 || status === 403 || status === 404)
            throw new Misconfigured(`status ${status} from ${new URL(url, location.href).origin}: check the write key, the region and the host`);
        if (status === 408 || status === 429 || status >= 500 || status < 400)
            throw new Error(`status ${status}`);
        throw new Refused(`status ${status}`);
    }

    /** What was said on this page. */
    const said = new Set();
    /** Says one sentence to the developer on the console, once a page; it tells what to do. Never holds anything a visitor typed. */
    function say(sentence) {
        if (!said.has(sentence))
            console.error(`[chatstone] ${sentence}`);
        said.add(sentence);
        return undefined;
    }

    const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' };
    const PURPOSES = {
        analytics: ['analyticsProcessingAllowed'],
        marketing: ['marketingAllowed'],
        both: ['analyticsProcessingAllowed', 'marketingAllowed'],
    };
    const TRIES = 5;
    const SECOND = 1000;
    const LONGEST = 30 * SECOND; // between two tries: the page may be gone any moment
    const DAY = 24 * 60 * 60; // seconds
    /** One of several words; `otherwise` where it is none of them. */
    function word(name, value, words, otherwise) {
        const found = words.find((one) => one === value);
        if (!found)
            say(`${name}: write ${words.map((one) => `'${one}'`).join(' or ')}`);
        return found ?? otherwise;
    }
    function hostOf(address, region) {
        if (/^https?:\/\/[^\s?#]+$/.test(address))
            return address.replace(/\/+$/, '');
        if (address)
            say("API_HOST: write an address such as 'https://events.example.com', or ''");
        return HOSTS[region];
    }
    /** A visitor id as the storefront reads it; undefined for what can be none. */
    const idOf = (value) => bareId(label(value));
    const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    /** Who buys, from what the checkout says and from the account that is logged in, which has the last word. */
    function buyerOf({ clientId, timestamp, data: { checkout } }, by) {
        const account = init?.data?.customer;
        const typed = email(checkout.email);
        const address = email(account?.email) ?? typed;
        const id = label(account?.id ?? checkout.order?.customer?.id)?.replace(/^gid:.*\//, '');
        const phone = label(checkout.phone);
        const at = Date.parse(timestamp);
        const now = Date.now();
        return {
            client: idOf(clientId),
            timestamp: new Date(at < now + 5 * SECOND ? at : now).toISOString(),
            userId: by === 'id' ? (id ?? address) : address,
            traits: {
                ...(address && { email: address }),
                ...(phone && typed === address && { phone }), // that of a present's receiver is not the account's
                ...(id && by === 'email' && { customer_id: id }),
            },
        };
    }
    function start() {
        if (!WRITE_KEY)
            return say('WRITE_KEY: write the key of a Customer.io source');
        const region = word('REGION', REGION, ['us', 'eu'], 'us');
        const by = word('IDENTIFY_BY', IDENTIFY_BY, ['email', 'id'], 'email');
        const purposes = PURPOSES[word('PURPOSE', PURPOSE, ['analytics', 'marketing', 'both'], 'both')];
        const host = hostOf(API_HOST, region);
        const permits = (privacy) => purposes.every((purpose) => privacy?.[purpose] === true);
        let allowed = permits(init?.customerPrivacy);
        let held; // who bought before there was consent
        let current = ''; // the message that is told, or was told last
        const hand = guard('cookie', (value, age) => browser.cookie.set(`chatstone_user=${value}; path=/; max-age=${age}; samesite=lax; secure`));
        const deliver = async (message) => {
            let problem = '';
            for (let tries = 0; tries < TRIES; tries++) {
                if (current !== message.messageId)
                    return; // consent is withdrawn, or there is news
                const sentAt = new Date().toISOString();
                const batch = [{ ...message, writeKey: WRITE_KEY, sentAt }];
                try {
                    return await post(`${host}/v1/b`, { batch, writeKey: WRITE_KEY, sentAt });
                }
                catch (error) {
                    problem = error.message;
                    if (error instanceof Refused || error instanceof Misconfigured)
                        break;
                    const wait = error instanceof Later ? error.seconds * SECOND : backoff(tries, SECOND, LONGEST);
                    await pause(Math.min(wait, LONGEST));
                }
            }
            if (current === message.messageId)
                current = ''; // the next event may try again
            say(`the buyer is not told to ${host} (${problem}): check WRITE_KEY, REGION and API_HOST`);
        };
        const tell = async ({ client, timestamp, userId, traits }) => {
            // Asked each time: the storefront in another tab may have begun anew.
            const kept = await guard('cookie', () => browser.cookie.get('ajs_anonymous_id'))()?.catch(() => '');
            const visitor = idOf(kept) ?? (client && `shopify:${client}`);
            if (!allowed || !userId || !visitor)
                return;
            // The same on every page of a checkout, so that what is told again is not taken again.
            const messageId = hash([visitor, userId, 'checkout', json(traits)].join('\n'));
            if (messageId === current)
                return;
            current = messageId;
            hand([visitor, userId].map(encodeURIComponent).join('|'), DAY);
            await deliver({
                type: 'identify',
                messageId,
                timestamp,
                anonymousId: visitor,
                userId,
                traits,
                context: { library: { name: 'chatstone-pixel', version: VERSION } }, // no page: its address opens the checkout
            });
        };
        const heard = guard('checkout', async (event) => {
            const buyer = buyerOf(event, by);
            if (!buyer.userId)
                return;
            if (allowed)
                await tell(buyer);
            else
                held = buyer;
        });
        /** What was handed over goes, and what waits. */
        const forget = guard('consent', async () => {
            held = undefined;
            current = '';
            if (await browser.cookie.get('chatstone_user'))
                hand('', 0);
        });
        if (!allowed)
            forget();
        analytics.subscribe('checkout_contact_info_submitted', heard);
        analytics.subscribe('checkout_completed', heard);
        if (typeof customerPrivacy !== 'undefined')
            customerPrivacy.subscribe('visitorConsentCollected', guard('consent', async (event) => {
                allowed = permits(event.customerPrivacy);
                const waiting = held;
                if (!allowed)
                    return forget();
                held = undefined;
                if (waiting)
                    await tell(waiting);
            }));
    }
    faults.listener = (place) => say(`the pixel stumbles over its ${place}`); // the message of an error may hold what a visitor typed
    guard('start', start)();

})();
