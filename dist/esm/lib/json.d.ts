/** `JSON.stringify` of plain data. Functions, symbols and undefined are left out, numbers that are not finite become null. */
export declare function json(value: unknown): string;
