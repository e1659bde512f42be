// The visitor id, kept where the page's other scripts keep it, so that page views and chats are one person.
import { bareId } from '../lib/bare-id.js';
import { cookie } from '../lib/cookie.js';
import { guard } from '../lib/guard.js';
import { randomId } from '../lib/random-id.js';
const YEAR = 365 * 24 * 60 * 60; // seconds
const OURS = 'chatstone_made';
/**
 * @param name cookie and localStorage item; localStorage holds a JSON string, the cookie the bare id, a year long, on the
 * registrable domain, as analytics.js-like clients write them
 */
export function visitorId(name) {
    let written = ''; // on this page
    let blocked = false; // cookies and localStorage, both
    let last = ''; // the id that this page saw standing there …
    let note; // … and our note beside it
    const inCookie = () => cookie(name);
    // What can be no id is none: another script of the page may have written anything.
    const parse = guard('visitor', (of) => bareId(of()));
    const stored = () => parse(() => localStorage.getItem(name)) || parse(inCookie);
    const noted = () => parse(() => localStorage.getItem(OURS));
    const read = () => {
        const id = stored();
        if (!id)
            return blocked ? written : '';
        if (id !== last) {
            last = id;
            note = noted();
        }
        return id;
    };
    // The shortest domain that the browser takes is the registrable one; a host without dots takes none.
    const setCookie = guard('visitor', (id, age) => {
        const labels = location.hostname.split('.');
        for (let from = labels.length; from-- > -1;) {
            const domain = from < 0 ? '' : `; domain=${labels.slice(from).join('.')}`;
            // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that shops still see
            document.cookie = `${name}=${id}; path=/; max-age=${age}; samesite=lax${domain}`;
            if ((inCookie() ?? '') === (age ? id : ''))
                return;
        }
    });
    const store = guard('visitor', (id) => {
        localStorage.setItem(name, `"${id}"`);
        localStorage.setItem(OURS, id);
    });
    return {
        read,
        write(id = randomId()) {
            written = id;
            setCookie(id, YEAR);
            store(id);
            blocked = !stored();
            read();
            return id;
        },
        remove() {
            const made = (written || noted()) === read();
            written = last = '';
            blocked = false;
            if (made)
                setCookie('', 0);
            guard('visitor', () => {
                localStorage.removeItem(OURS);
                if (made)
                    localStorage.removeItem(name);
            })();
        },
        gone() {
            // Whoever takes our note too has emptied everything (consent was denied in another tab): nobody has logged out.
            const id = !last || stored() || note !== noted() ? '' : last;
            if (id)
                last = '';
            return id;
        },
        stood(id) {
            last || (last = note = id);
        },
    };
}
