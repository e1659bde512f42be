var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { collector } from './destinations/collector.js';
import { customerio } from './destinations/customerio.js';
import { engine } from './engine.js';
import { fault, faults } from './lib/guard.js';
import { say } from './lib/say.js';
import { sibling } from './lib/sibling.js';
/** Those that are files of their own, and whether they take messages; the others show what is known. */
const FILES = {
    segment: true,
    lytics: true,
    intercom: true,
    livelike: false,
    agents: false,
};
const PATIENCE = 1000; // milliseconds
/** An address as it stands in an option: of another site, or a path of this one. */
function address(option, given) {
    if (/^(https?:\/\/[^/]|\/)/.test(String(given)))
        return new URL(String(given), location.href).href.replace(/\/+$/, '');
    return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}
/** A destination of a file of its own. Where that does not come in time, what it is to get waits for the next page. */
async function bring(name, options, beside) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('its file does not come')), PATIENCE);
    });
    try {
        return await Promise.race([beside(`to-${name}`, options), late]);
    }
    catch (error) {
        fault(name, error);
        const deliver = () => Promise.reject(error);
        return { name, routing: options, ready: () => false, ...(FILES[name] && { deliver }) };
    }
    finally {
        clearTimeout(timer);
    }
}
/** @param report counts what fails here where the first file counts */
export async function start(parts, { writeKey, region, client: through, names, apiHost, destinations: given, platforms, beside }, report) {
    faults.listener = report;
    /** What the site says of a destination, with addresses and a consent as they are asked for. */
    const options = (name) => {
        const { consent, ...rest } = Object(given[name]);
        if (rest.apiHost)
            rest.apiHost = address(`destinations.${name}.apiHost`, rest.apiHost);
        return consent ? { ...rest, consent: consent === Object(consent) ? platforms(consent) : consent } : rest;
    };
    const destinations = [];
    if (writeKey) {
        const client = sibling(import.meta.url, 'chatstone-customerio.js').href;
        const load = (key) => import(__rewriteRelativeImportExtension(client)).then((module) => module.load(key));
        destinations.push(customerio({
            names,
            ...options('customerio'),
            writeKey,
            region,
            client: through,
            apiHost: address('data-api-host', apiHost),
            load,
        }));
    }
    const { collector: own } = given;
    const url = own && address('destinations.collector.url', own.url ?? own);
    if (url)
        destinations.push(collector({ ...options('collector'), url }));
    const others = Object.keys(given).filter((name) => !['customerio', 'collector'].includes(name));
    for (const name of others)
        if (!(name in FILES))
            say(`destinations: write some of customerio, collector, ${Object.keys(FILES).join(', ')}`);
    const brought = others.filter((name) => name in FILES).map((name) => bring(name, options(name), beside));
    destinations.push(...(await Promise.all(brought)));
    const shows = destinations.some(({ show }) => show) && (await beside('showing').catch(() => undefined));
    return engine(parts, destinations, shows || undefined);
}
