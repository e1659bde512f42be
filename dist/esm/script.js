var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
// The script tag's entry: reads the attributes and the JSON block, takes the calls that waited in the stub, and starts.
import { consents } from './consents/index.js';
import { options as optionsOf } from './core/options.js';
import { compose } from './init.js';
import { fault, guard } from './lib/guard.js';
import { say } from './lib/say.js';
import { sources } from './sources/index.js';
const script = document.currentScript;
const { writeKey, widget = 'auto', global = 'chatstone', debug, ...attributes } = { ...script?.dataset };
/** What only the tag knows, with its defaults. */
const TAG = {
    region: 'us|eu',
    client: 'auto|none',
    names: 'chat|live-chat-spec',
    apiHost: '',
    forms: {},
    destinations: {},
};
/** The JSON block `#chatstone-config`: what an attribute cannot hold. */
function block() {
    const text = document.getElementById('chatstone-config')?.textContent;
    try {
        return Object(text ? JSON.parse(text) : {});
    }
    catch (error) {
        return say(`#chatstone-config is left out: write one JSON object (${error.message})`) ?? {};
    }
}
const start = guard('start', () => {
    const stub = window[global];
    if (stub?.started)
        return; // the tag stands in the page twice
    const { form, ...widgets } = sources;
    const all = Object.keys(widgets);
    const wanted = widget.split(/[\s,]+/);
    for (const name of wanted)
        if (![...all, 'auto'].includes(name))
            say(`data-widget: there is no ${name}, write one of auto, ${all.join(', ')}`);
    const listening = all.filter((name) => wanted.includes('auto') || wanted.includes(name));
    const known = Object.keys({ ...TAG, consent: 1, anonymous: 1 });
    const given = block();
    for (const name of known)
        given[name] = attributes[name] ?? given[name];
    const options = optionsOf(given, TAG);
    if (!writeKey && !options.destinations.collector)
        say('data-write-key is missing: write the key of a Customer.io JavaScript source');
    const beside = new URL('chatstone-engine.js', script?.src || location.href).href;
    const chatstone = compose([...listening.map((name) => widgets[name]()), form(options.forms)], consents, options, (parts) => import(__rewriteRelativeImportExtension(beside)).then((second) => second.start(parts, { ...options, writeKey }, fault)));
    const call = (name, ...rest) => {
        const method = Object.keys(chatstone).includes(name) && chatstone[name];
        if (method)
            return method(...rest);
        return say(`there is no call "${String(name)}". The calls are: ${Object.keys(chatstone).join(', ')}.`);
    };
    call.started = true;
    window[global] = call;
    if (debug !== undefined)
        for (const event of ['signal', 'milestone', 'delivered', 'dropped', 'error'])
            chatstone.on(event, (detail) => console.info('[chatstone]', event, detail));
    for (const [name, ...rest] of Array.from(stub?.q ?? [], (waiting) => Array.from(waiting)))
        guard('stub', call)(name, ...rest);
});
// A page that is only being prerendered has no visitor yet.
if (document.prerendering)
    document.addEventListener('prerenderingchange', start, { once: true });
else
    start();
