/** The longest address that mail can be sent to: https://www.rfc-editor.org/errata/eid1690 */
const LONGEST = 254;
/**
 * An e-mail address as it identifies a person, trimmed and in lower case; undefined for what is none. The check is
 * conservative: what it refuses may be an address, what it takes looks like one.
 */
export function email(value) {
    const address = typeof value === 'string' ? value.trim().toLowerCase() : '';
    return address.length <= LONGEST && /^[^\s@<>()[\]\\,;:"]+@[^\s@.,;:]+(\.[^\s@.,;:]+)+$/.test(address)
        ? address
        : undefined;
}
