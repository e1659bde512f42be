var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { EVENTS } from './core/events.js';
import { kind } from './core/options.js';
import { databases } from './lib/databases.js';
import { fault, faults, guard } from './lib/guard.js';
import { idle } from './lib/idle.js';
import { on } from './lib/on.js';
import { said, say } from './lib/say.js';
import { sibling } from './lib/sibling.js';
import { tab } from './lib/tab.js';
import { formed, SIGNS, signsOf } from './script-signs.js';
import { crisp } from './sources/crisp.js';
import { finder, untold, waiting } from './waiting.js';
const DEBUG = 'chatstone_debug';
const MOST = 500; // what is heard early
// An image with the name `currentScript` stands before it, in a page that shows HTML of others.
const tag = document.currentScript;
const { dataset, src } = tag instanceof HTMLScriptElement ? tag : document.createElement('script');
const { writeKey, widget = 'auto', global = 'chatstone', debug, ...attributes } = dataset;
function start() {
    const page = window;
    const found = page[global];
    const stub = typeof found === 'function' ? found : undefined; // an element may have that id
    if (stub?.started)
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
    if (!writeKey && !Object.keys(given.destinations ?? {}).length)
        say('data-write-key: write the key of a Customer.io source');
    const names = ['crisp', 'custom', ...Object.keys(SIGNS)];
    const wanted = [...new Set(widget.toLowerCase().match(/[^\s,]+/g))].filter((name) => ['auto', ...names].includes(name) || say(`data-widget: write auto or some of ${names.join(', ')}`));
    const named = wanted.length > 0 && !wanted.includes('auto');
    const widgets = named ? wanted : names;
    // Hooked too late if it comes later.
    const present = widgets.includes('crisp') ? { crisp: crisp() } : {};
    const coming = {};
    const tries = {}; // an address that failed once may fail for ever: https://github.com/whatwg/html/issues/6768
    const fileOf = (what) => sibling(src, `chatstone-${what}.js`);
    const bring = (what) => {
        const file = fileOf(what);
        if (tries[what])
            file.searchParams.set('try', `${tries[what]}`);
        return (coming[what] ?? (coming[what] = import(__rewriteRelativeImportExtension(file.href))));
    };
    const failed = (what) => {
        coming[what] = undefined;
        tries[what] = (tries[what] ?? 0) + 1;
    };
    /** Loads a file that stands beside this one, and starts what is in it. */
    const beside = async (what, ...given) => {
        try {
            return (await bring(what)).start(...given);
        }
        catch (error) {
            failed(what);
            if (navigator.onLine)
                say(`${fileOf(what)} cannot be loaded: put it beside chatstone.js, allow it by CSP and CORS`);
            throw error;
        }
    };
    const asked = /[?&]chatstone_debug\b/.test(location.search);
    const { find, leave } = finder();
    // One that fails, on a page that gave its elements the names of what we ask, hides no other.
    const at = guard('sign', (name) => (present[name] ? find(present[name]) : signsOf(name).length));
    const something = named || asked || debug !== undefined || untold(given);
    let homeMade; // hears what a home-made widget tells
    const chatstone = waiting(() => something || widgets.some(at) || formed(given.forms), async (denied) => {
        // All that is known to be wanted at the same time; what does not come is said where it is started.
        for (const name of widgets)
            if (!present[name] && at(name))
                bring(name).catch(() => failed(name));
        const whole = await beside('listening', { writeKey, widgets, named, present, attributes, given, denied, beside }, faults.counts, said);
        leave();
        faults.listener = whole.fault;
        homeMade = whole.homeMade;
        return whole.chatstone;
    }, ['pointerdown', 'focusin'], (keep) => widgets.includes('custom') &&
        on('custom', window, {
            chatstone({ detail }) {
                if (homeMade)
                    return homeMade({ detail });
                // As it is now, whatever the page makes of it meanwhile.
                const now = { detail: { ...detail }, at: Date.now(), gesture: navigator.userActivation?.isActive };
                keep(() => homeMade(now));
            },
        }));
    const calls = Object.keys(chatstone);
    const call = guard('call', (name, ...rest) => calls.includes(name)
        ? chatstone[name](...rest)
        : say(`call ${typeof name === 'string' ? name : ''}: write one of ${calls.join(', ')}`));
    call.started = true;
    page[global] = call;
    const early = []; // for the panel, which may come
    const stops = EVENTS.map((event) => chatstone.on(event, (detail) => {
        if (early.length < MOST)
            early.push({ event, detail, at: Date.now() });
        if (debug !== undefined)
            console.info('[chatstone]', event, detail);
    }));
    const show = guard('debug', (byAddress) => beside('debug', chatstone, early, debug, byAddress, fault));
    if (asked || debug !== undefined)
        show(asked);
    else
        idle('debug', async () => {
            const marked = (await databases())?.includes(DEBUG) ?? true;
            // Frames of the shop share the tab's storage.
            if (marked && parent === window && tab(DEBUG).get())
                show(true);
            else {
                for (const stop of stops)
                    stop();
                early.length = 0;
            }
        });
    for (const one of [...(stub?.q ?? [])])
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
