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
import { fault, faults, guard } from './lib/guard.js';
import { say } from './lib/say.js';
import { sibling } from './lib/sibling.js';
/** Those that are files of their own, with what has to be known of them before they are there. */
const FILES = {
    segment: { deliver, also: ['audiences'] },
    lytics: { deliver },
    intercom: { deliver, eventsOnly: true },
    livelike: {},
    agents: {},
};
/** The choices that count before anything is handed over. */
const EARLY = /^(milestones|anonymous|consent|holdout|audiences)$/;
async function deliver() {
    throw new Error('its file is not there');
}
/** An address as it stands in an option: of another site, or a path of this one. */
function address(option, given) {
    const made = /^(https?:\/\/[^/]|\/)/.test(String(given)) &&
        guard(option, () => new URL(String(given), location.href).href.replace(/\/+$/, ''))();
    if (made)
        return made;
    return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}
/** @param report counts what fails here where the first file counts */
export function start(parts, { writeKey, region, client: through, names, apiHost, destinations: given, platforms, shows, beside, }, report) {
    faults.listener = report;
    /** What the site says of a destination, with addresses and a consent as they are asked for. */
    const options = (name) => {
        const own = given[name];
        const { consent, ...rest } = typeof own === 'object' ? { ...own } : {};
        if (rest.apiHost)
            rest.apiHost = address(`destinations.${name}.apiHost`, rest.apiHost);
        if (consent == null)
            return rest;
        const named = consent === Object(consent) && platforms(consent).filter((one) => one.name in consent);
        return { ...rest, consent: named || consent };
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
    const others = Object.keys(given).filter((name) => given[name] && !['customerio', 'collector'].includes(name));
    for (const name of others)
        if (!(name in FILES))
            say(`destinations: write some of customerio, collector, ${Object.keys(FILES).join(', ')}`);
    /** Waits for its file without holding up anybody; what it is to get waits with it. */
    const later = (name) => {
        const own = options(name);
        const routing = Object.fromEntries(Object.entries(own).filter(([choice]) => EARLY.test(choice)));
        const destination = { name, routing, ready: () => false, ...FILES[name] };
        beside(`to-${name}`, own)
            .then((loaded) => {
            const { ready, ...rest } = Object.getOwnPropertyDescriptors(loaded);
            Object.defineProperties(destination, { ...rest, ready: ready ?? { value: undefined } });
            whole.look();
        })
            .catch((error) => fault(name, error));
        return destination;
    };
    destinations.push(...others.filter((name) => name in FILES).map(later));
    const show = (...given) => {
        let made;
        beside('showing')
            .then((make) => {
            made = make(...given);
            whole.look();
        })
            .catch((error) => fault('showing', error));
        return { look: async (...what) => made?.look(...what), stop: () => made?.stop() };
    };
    const whole = engine(parts, destinations, shows ? show : undefined);
    return whole;
}
