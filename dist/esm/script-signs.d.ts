/** What a vendor leaves on a page: names of globals and of elements. */
export declare const SIGNS: Record<string, string>;
/** The signs of a vendor that are on the page. */
export declare const signsOf: (name: string) => string[];
