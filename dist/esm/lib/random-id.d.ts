/** A random UUID, version 4. `crypto.randomUUID` exists only in secure contexts and since Safari 15.4. */
export declare function randomId(): string;
