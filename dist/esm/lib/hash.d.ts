/** The same short word for the same text, 106 bits wide: enough to name every message of a shop once. */
export declare const hash: (text: string) => string;
/** A stable number from 0 to 99 for a text. */
export declare const percentile: (text: string) => number;
