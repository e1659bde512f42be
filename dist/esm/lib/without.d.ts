/** Values without those whose name is of a kind. */
export declare const without: <T>(values: Readonly<Record<string, T>>, kind: RegExp) => Record<string, T>;
