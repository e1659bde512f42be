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
import { sibling } from './lib/sibling.js';
/** An address as it stands in an option: of another site, or a path of this one. */
function address(option, given) {
    if (/^(https?:\/\/[^/]|\/)/.test(String(given)))
        return new URL(String(given), location.href).href.replace(/\/+$/, '');
    return given ? say(`${option}: write an address such as https://events.example.com`) : undefined;
}
/** @param fault counts what fails here where the first file counts */
export function start(parts, { writeKey, region, client, names, apiHost, destinations: { collector: own } }, fault) {
    faults.listener = fault;
    const destinations = [];
    if (writeKey) {
        const beside = sibling(import.meta.url, 'chatstone-customerio.js').href;
        const load = (key) => import(__rewriteRelativeImportExtension(beside)).then((module) => module.load(key));
        destinations.push(customerio({ writeKey, region, client, names, apiHost: address('data-api-host', apiHost), load }));
    }
    const url = own && address('destinations.collector.url', own.url ?? own);
    if (url)
        destinations.push(collector({ url }));
    return engine(parts, destinations);
}
