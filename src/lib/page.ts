const LONGEST = 1000; // characters: whoever hands out a link must not make a message too long to be taken

const bare = (address: string) => `${address}`.split(/[?#]/)[0]!.slice(0, LONGEST);

/**
 * The page's address without its query string, save `utm_*`, and the referrer without any. No title: widgets flash what
 * was said in it.
 */
export function page({ href, pathname, search } = location, { referrer } = document): Record<string, string> {
  const utm = search
    .slice(1)
    .split('&')
    .filter((part) => /^utm_/.test(part));
  const kept = utm[0] ? `?${utm.join('&')}`.slice(0, LONGEST) : '';
  return {
    url: bare(href) + kept,
    path: pathname.slice(0, LONGEST),
    search: kept,
    ...(referrer && { referrer: bare(referrer) }),
  };
}
