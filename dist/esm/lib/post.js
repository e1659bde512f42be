import { Later, Misconfigured, Refused } from './answer.js';
import { json } from './json.js';
const TIMEOUT = 15000; // milliseconds
const KEEPALIVE = 60000; // bytes; 64 KiB may be on the wire for pages that are gone, whoever sends them
let roomy = true; // the last keepalive request was let through
/**
 * Posts data as text/plain, which needs no preflight, so that the request outlives its page where it may.
 *
 * @throws Refused (400, 413, 422 and other 4xx), Misconfigured (401, 403, 404, a redirect), Later (429 and 503 with Retry-After), or an
 * Error for anything that may pass: 408, 429, 5xx, network, no answer in 15 s
 */
export async function post(url, data, leaving = false) {
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
