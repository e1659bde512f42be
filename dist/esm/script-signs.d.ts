/** What a vendor leaves on a page: names of globals and of elements. */
export declare const SIGNS: Record<string, string>;
/** The signs of a vendor that are on the page. */
export declare const signsOf: (name: string) => string[];
/**
 * Whether somebody may be filling in a form that is to be heard: a field for an address that has a value, or a page that was
 * touched. Where the site has no options for forms only checkouts are heard.
 */
export declare function formed(forms?: unknown): boolean;
