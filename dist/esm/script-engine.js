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
import { faults } from './lib/guard.js';
import { say } from './lib/say.js';
function address(given) {
    try {
        return given ? new URL(given, location.href).href.replace(/\/+$/, '') : undefined;
    }
    catch (error) {
        return say(`data-api-host keeps its default: write an address such as https://events.example.com (${error.message})`);
    }
}
/** @param fault counts what fails here where the first file counts */
export function start(parts, { writeKey, region, client, names, apiHost, destinations: { collector: own } }, fault) {
    faults.listener = fault;
    const destinations = [];
    if (writeKey) {
        const beside = new URL('chatstone-customerio.js', import.meta.url).href;
        const load = (key) => import(__rewriteRelativeImportExtension(beside)).then((module) => module.load(key));
        destinations.push(customerio({ writeKey, region, client, names, apiHost: address(apiHost), load }));
    }
    if (own)
        destinations.push(collector(own));
    return engine(parts, destinations);
}
