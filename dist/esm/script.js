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
import { compose } from './init.js';
import { fault, guard } from './lib/guard.js';
import { say } from './lib/say.js';
import { sources } from './sources/index.js';
const script = document.currentScript;
const { writeKey, region, apiHost, widget, anonymous, client, consent, global = 'chatstone', debug } = { ...script?.dataset };
function config() {
    const block = document.getElementById('chatstone-config');
    if (!block)
        return {};
    try {
        const read = JSON.parse(block.textContent || '{}');
        if (read && typeof read === 'object' && !Array.isArray(read))
            return read;
        say('the block #chatstone-config must hold one JSON object { … }. It is left out.');
    }
    catch (error) {
        say(`the block #chatstone-config is no JSON (${error.message}). It is left out.`);
    }
    return {};
}
/** The attribute's value if it is one of these, else the first of them. */
function oneOf(name, given, values) {
    if (given === undefined || values.includes(given))
        return given ?? values[0];
    say(`data-${name} must be ${values.map((value) => `"${value}"`).join(' or ')}. It keeps its default.`);
    return values[0];
}
function address(given) {
    if (!given)
        return undefined;
    try {
        return new URL(given, location.href).href.replace(/\/+$/, '');
    }
    catch (error) {
        say(`data-api-host must be an address such as "https://events.example.com" (${error.message}).`);
        return undefined;
    }
}
const start = guard('start', () => {
    const stub = window[global];
    if (stub?.started)
        return; // the tag stands in the page twice
    const { forms, names, destinations: others = {}, ...options } = config();
    const { form, ...widgets } = sources;
    const all = Object.keys(widgets);
    const wanted = (widget ?? 'auto').split(',').map((name) => name.trim());
    const unknown = wanted.filter((name) => name !== 'auto' && !all.includes(name));
    if (unknown.length)
        say(`data-widget knows no "${unknown.join(', ')}". It knows auto, ${all.join(', ')}.`);
    const listening = all.filter((name) => wanted.includes('auto') || wanted.includes(name));
    if (!writeKey && !others.collector)
        say('data-write-key is missing: put the write key of a Customer.io JavaScript source there.');
    const delivering = {
        writeKey,
        region: oneOf('region', region, ['us', 'eu']),
        apiHost: address(apiHost),
        client: oneOf('client', client, ['auto', 'none']),
        names: oneOf('names', names, ['chat', 'live-chat-spec']),
        collector: others.collector,
    };
    const beside = new URL('chatstone-engine.js', script?.src || location.href).href;
    const chatstone = compose({
        ...options,
        ...(anonymous && { anonymous: anonymous }),
        ...(consent && { consent }),
        sources: [...listening.map((name) => widgets[name]()), form(forms)],
        consents,
    }, (parts) => import(__rewriteRelativeImportExtension(beside)).then(({ start }) => start(parts, delivering, fault)));
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
