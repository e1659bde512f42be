/** A short mark of a text, 32 bits (FNV-1a): enough to tell a few values apart without keeping them. */
export function mark(text) {
    let bits = 0x811c9dc5;
    for (const letter of text)
        bits = Math.imul(bits ^ letter.codePointAt(0), 0x01000193);
    return (bits >>> 0).toString(36);
}
