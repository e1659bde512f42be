/** The value of a cookie as it stands, undefined where there is none. */
export declare const cookie: (name: string) => string | undefined;
