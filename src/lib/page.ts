const UTM = /^utm_/;

const strip = (address: string): URL | undefined => {
  if (!address) return undefined;
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (!UTM.test(name)) url.searchParams.delete(name);
  url.hash = url.username = url.password = '';
  return url;
};

/**
 * The page's address without its query string, save `utm_*`, and the referrer without any. No title: widgets flash what
 * was said in it.
 */
export function page(address = location.href, referrer = document.referrer): Record<string, string> {
  const url = strip(address)!;
  const from = strip(referrer);
  return {
    url: url.href,
    path: url.pathname,
    search: url.search,
    ...(from && { referrer: from.origin + from.pathname }),
  };
}
