/** The first primes, as many as asked. */
function primes(count) {
    const found = [];
    for (let n = 2; found.length < count; n++)
        if (found.every((prime) => n % prime))
            found.push(n);
    return found;
}
/** The first 32 bits behind the point. */
const fraction = (value) => ((value % 1) * 2 ** 32) | 0;
const turn = (word, by) => (word >>> by) | (word << (32 - by));
/**
 * SHA-256 of a text in UTF-8, as 64 hex digits (FIPS 180-4). The browser's own answers later, and a page that leaves has no
 * later: https://developer.mozilla.org/docs/Web/API/SubtleCrypto/digest
 */
export function sha256(text) {
    const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
    let state = primes(8).map((prime) => fraction(Math.sqrt(prime)));
    const bytes = new TextEncoder().encode(text);
    const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    for (let from = 0; from < padded.length; from += 64) {
        const words = [];
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 64; i++) {
            const [near, far] = [words[i - 2], words[i - 15]];
            words[i] =
                i < 16
                    ? view.getInt32(from + i * 4)
                    : ((turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)) +
                        words[i - 7] +
                        (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
                        words[i - 16]) |
                        0;
            const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i];
            const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
        }
        state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
