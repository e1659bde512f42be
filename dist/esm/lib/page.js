const bare = (address) => address.split(/[?#]/)[0];
/**
 * The page's address without its query string, save `utm_*`, and the referrer without any. No title: widgets flash what
 * was said in it.
 */
export function page({ href, pathname, search } = location, { referrer } = document) {
    const utm = search.match(/\butm_\w+=[^&]*/g);
    const kept = utm ? `?${utm.join('&')}` : '';
    return {
        url: bare(href) + kept,
        path: pathname,
        search: kept,
        ...(referrer && { referrer: bare(referrer) }),
    };
}
