type Values = Record<string, string | number | boolean>;
/** What a vendor has room for. */
export interface Room {
    /** How many values. */
    most?: number;
    /** Characters of a string. */
    longest?: number;
    /** It takes strings only. */
    text?: boolean;
}
/** Flat values without those that say who somebody is, by their name or because an address stands in them. */
export declare const impersonal: (values: Readonly<Values>) => Values;
/** Cuts flat values to the room that there is, in their order; a character of two halves is not cut in two. */
export declare function fit(values: Readonly<Values>, { most, longest, text }: Room): Values;
export {};
