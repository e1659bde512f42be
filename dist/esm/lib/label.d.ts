/** A short text as it may stand in a field (a name, a phone number, an id), trimmed; undefined for anything else. */
export declare function label(value: unknown): string | undefined;
