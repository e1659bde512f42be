/** A short mark of a text, 32 bits (FNV-1a): enough to tell a few values apart without keeping them. */
export declare function mark(text: string): string;
