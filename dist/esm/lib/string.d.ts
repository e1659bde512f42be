/** A string as it stands; undefined for anything else. */
export declare const string: (value: unknown) => string | undefined;
