/** What a vendor leaves on a page: names of globals and of elements. */
export declare const SIGNS: Record<string, string>;
/** The signs of a vendor that are on the page. */
export declare const signsOf: (name: string) => string[];
/**
 * Whether a form is there that is to be heard: of a checkout, or on a page that is called so; where the site has options for forms, any, once the page was touched
 * or a field for an address has a value.
 */
export declare function formed(forms?: unknown): boolean;
