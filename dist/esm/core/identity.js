const ORDER = ['site', 'checkout', 'widget', 'form'];
/** Whether the first word stands behind the second. */
export const weaker = (a, b) => b !== undefined && ORDER.indexOf(a) > ORDER.indexOf(b);
const differ = (a, b) => a !== undefined && b !== undefined && a !== b;
/**
 * Decides what `said` means.
 *
 * @returns the person as known now; `another` when it is a different person, of the same strength or stronger; `weaker` when
 * it names somebody else but stands behind a stronger word, and so is no news
 */
export function recognise(known, said, identifyBy) {
    const weak = weaker(said.by, known.by);
    const otherAddress = differ(said.email, known.email);
    const sameCustomer = said.id !== undefined && said.id === known.id;
    const another = differ(said.client, known.client ? known.userId : undefined) ||
        (!sameCustomer &&
            (otherAddress || // the address decides …
                // … and the id where ids are the key, or where there is no address on one side
                (differ(said.id, known.id) && (identifyBy === 'id' || !said.email || !known.email))));
    if (weak && (another || otherAddress))
        return 'weaker';
    if (another)
        return 'another';
    // A weaker word completes what is known and replaces nothing.
    const next = {
        ...known,
        id: weak ? (known.id ?? said.id) : (said.id ?? known.id),
        email: weak ? (known.email ?? said.email) : (said.email ?? known.email),
    };
    const key = (one) => identifyBy === 'id' ? (one.id ?? one.email) : one.email;
    if (said.client) {
        next.userId = said.client;
        next.client = true;
    }
    else if (!known.client) {
        next.userId = key(next);
    }
    // How firmly a person is known is the strength of the word that gave the key.
    const given = key(said) ?? (key(next) === undefined ? said.id : undefined);
    // … and a user of the page's client stays as firm as the site.
    if (said.client ||
        (!known.client && given && given === (key(next) ?? next.id) && (!weak || key(known) === undefined)))
        next.by = said.by;
    return next;
}
