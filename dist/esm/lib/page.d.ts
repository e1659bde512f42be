/**
 * The page's address without its query string, save `utm_*`, and the referrer without any. No title: widgets flash what
 * was said in it.
 */
export declare function page({ href, pathname, search }?: Location, { referrer }?: Document): Record<string, string>;
