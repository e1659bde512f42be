var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
// The script tag's entry: reads the attributes and the JSON block, takes the calls that waited in the stub, and starts.
import { all, PLATFORMS } from './consents/index.js';
import { kind, options as optionsOf } from './core/options.js';
import { compose, EVENTS } from './init.js';
import { fault, guard } from './lib/guard.js';
import { say } from './lib/say.js';
import { sibling } from './lib/sibling.js';
import { tab } from './lib/tab.js';
import { SIGNS } from './script-signs.js';
import { onDemand, PRESENT } from './script-sources.js';
import { form } from './sources/form.js';
// An image with the name `currentScript` stands before it, in a page that shows HTML of others.
const tag = document.currentScript;
const { dataset, src } = tag instanceof HTMLScriptElement ? tag : document.createElement('script');
const { writeKey, widget = 'auto', global = 'chatstone', debug, ...attributes } = dataset;
/** What only the tag knows, with its defaults. */
const TAG = {
    consent: ['auto', 'granted', 'manual', ...Object.keys(PLATFORMS)].join('|'),
    region: 'us|eu',
    client: 'auto|none',
    names: 'chat|live-chat-spec',
    anonymous: 'hold|send',
    apiHost: '',
    forms: {},
    consents: {},
    destinations: {},
};
function start() {
    const page = window;
    const found = page[global];
    const waiting = typeof found === 'function' ? found : undefined; // an element may have that id
    if (waiting?.started)
        return; // the tag stands in the page twice
    if (!/^\w+:\/\//.test(src))
        return say('load it by <script src>');
    let given = {};
    try {
        const block = JSON.parse(document.querySelector('script#chatstone-config')?.textContent || '{}');
        if (kind(block) === 'object')
            given = block;
        else
            throw new TypeError(kind(block));
    }
    catch (error) {
        say(`#chatstone-config: write one JSON object (${error.message})`);
    }
    for (const name of Object.keys(TAG))
        given[name] = attributes[name] ?? given[name]; // other tools leave attributes too
    const options = optionsOf(given, TAG);
    if (!writeKey && !Object.keys(options.destinations).length)
        say('data-write-key: write the key of a Customer.io source');
    const names = [...Object.keys(PRESENT), ...Object.keys(SIGNS)];
    const wanted = new Set(widget.toLowerCase().match(/[^\s,]+/g));
    const named = wanted.size > 0 && !wanted.has('auto');
    const listening = [...(named ? wanted : names)].filter((name) => names.includes(name) || say(`data-widget: write auto or some of ${names.join(', ')}`));
    const tries = {}; // an address that failed once may fail for ever: https://github.com/whatwg/html/issues/6768
    /** Loads a file that stands beside this one, and starts what is in it. */
    const beside = async (what, ...given) => {
        const again = tries[what] ?? 0;
        tries[what] = again + 1;
        const file = sibling(src, `chatstone-${what}.js`);
        const address = file.href;
        if (again)
            file.searchParams.set('try', `${again}`);
        try {
            const module = await import(__rewriteRelativeImportExtension(file.href));
            return module.start(...given);
        }
        catch (error) {
            if (navigator.onLine)
                say(`${address} cannot be loaded: put it beside chatstone.js, allow it by CSP and CORS`);
            throw error;
        }
    };
    const shows = ['agents', 'intercom', 'livelike'].some((name) => options.destinations[name]);
    const chatstone = compose((look) => [
        ...listening.map((name) => PRESENT[name]?.() ??
            onDemand(name, named, () => beside(name, fault), look)),
        form(options.forms),
    ], all(options.consents), options, (parts) => beside('engine', parts, {
        ...options,
        writeKey,
        platforms: all,
        shows,
        beside: (what, given) => beside(what, given, fault),
    }, fault), shows);
    const calls = Object.keys(chatstone);
    const call = guard('call', (name, ...rest) => calls.includes(name)
        ? chatstone[name](...rest)
        : say(`call ${typeof name === 'string' ? name : ''}: write one of ${calls.join(', ')}`));
    call.started = true;
    page[global] = call;
    const asked = /[?&]chatstone_debug\b/.test(location.search) || (parent === window && !!tab('chatstone_debug').get()); // frames of the shop share the tab's storage
    if (asked || debug !== undefined) {
        const early = [];
        for (const event of EVENTS)
            chatstone.on(event, (detail) => {
                early.push({ event, detail, at: Date.now() });
                if (debug !== undefined)
                    console.info('[chatstone]', event, detail);
            });
        beside('debug', chatstone, early, debug, asked, fault).catch((error) => fault('debug', error));
    }
    for (const one of [...(waiting?.q ?? [])])
        call(...[...one]); // Prototype.js has an Array.from of its own
}
function begin() {
    try {
        start();
    }
    catch (error) {
        fault('start', error);
        say(`does not start: ${error.message}`); // nothing else can be seen of it
    }
}
// A page that is only being prerendered has no visitor yet.
if (document.prerendering)
    document.addEventListener('prerenderingchange', begin, { once: true });
else
    begin();
