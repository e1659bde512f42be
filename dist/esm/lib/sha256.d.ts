/**
 * SHA-256 of a text in UTF-8, as 64 hex digits (FIPS 180-4). The browser's own answers later, and a page that leaves has no
 * later: https://developer.mozilla.org/docs/Web/API/SubtleCrypto/digest
 */
export declare function sha256(text: string): string;
