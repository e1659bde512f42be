/** 53 well-mixed bits of a string (cyrb53, public domain, https://github.com/bryc/code). Not for secrets. */
function mix(text, seed) {
    let a = 0xdeadbeef ^ seed;
    let b = 0x41c6ce57 ^ seed;
    for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        a = Math.imul(a ^ code, 2654435761);
        b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
/** The same short word for the same text, 106 bits wide: enough to name every message of a shop once. */
export const hash = (text) => `${mix(text, 1)}-${mix(text, 2)}`;
/** A stable number from 0 to 99 for a text. */
export const percentile = (text) => Number.parseInt(mix(text, 3).slice(-6), 36) % 100;
