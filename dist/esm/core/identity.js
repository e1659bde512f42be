const ORDER = ['site', 'checkout', 'widget', 'form'];
const weaker = (a, b) => b !== undefined && ORDER.indexOf(a) > ORDER.indexOf(b);
const differ = (a, b) => a !== undefined && b !== undefined && a !== b;
/**
 * Decides what `said` means.
 *
 * @returns the person as known now; `another` when it is a different person, of the same strength or stronger; `weaker` when
 * it names somebody else but stands behind a stronger word, and so is no news
 */
export function recognise(known, said, identifyBy) {
    const sameCustomer = said.id !== undefined && said.id === known.id;
    const another = differ(said.client, known.client ? known.userId : undefined) ||
        (!sameCustomer &&
            (differ(said.email, known.email) || // the address decides …
                // … and the id where ids are the key, or where there is no address on one side
                (differ(said.id, known.id) && (identifyBy === 'id' || !said.email || !known.email))));
    if (another)
        return weaker(said.by, known.by) ? 'weaker' : 'another';
    const next = {
        ...known,
        id: said.id ?? known.id,
        email: said.email ?? known.email,
        by: weaker(said.by, known.by) ? known.by : said.by,
    };
    if (said.client) {
        next.userId = said.client;
        next.client = true;
    }
    else if (!next.client) {
        next.userId = identifyBy === 'id' ? (next.id ?? next.email) : next.email;
    }
    return next;
}
