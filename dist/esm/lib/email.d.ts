/**
 * An e-mail address as it identifies a person, trimmed and in lower case; undefined for what is none. The check is
 * conservative: what it refuses may be an address, what it takes looks like one.
 */
export declare function email(value: unknown): string | undefined;
