// https://www.cookiebot.com/en/developer/
import type { Consent } from '../core/types.ts';
import { loads } from '../lib/loads.ts';
import { on } from '../lib/on.ts';
import { several } from '../lib/several.ts';

type Category = 'preferences' | 'statistics' | 'marketing';

export interface CookiebotOptions {
  /** The categories that all have to be accepted; `statistics` where absent. */
  category?: Category | readonly Category[];
}

export function cookiebot(options?: CookiebotOptions): Consent {
  const name = 'cookiebot';
  const { category } = several(
    `consents.${name}`,
    options,
    { category: 'statistics' },
    /^(preferences|statistics|marketing)$/,
  );
  return {
    name,
    sign: () => 'Cookiebot' in window || loads('cookiebot.com'),
    connect(tell) {
      const read = () => {
        // Before it has loaded this is its script element, whose id is Cookiebot. Where no consent is needed, all is true.
        const { consent, hasResponse } = (window as { Cookiebot?: any }).Cookiebot ?? {};
        if (category.every((one) => consent?.[one])) tell('granted');
        else tell(hasResponse ? 'denied' : 'pending');
      };
      read();
      return on(name, window, {
        CookiebotOnConsentReady: read,
        CookiebotOnAccept: read,
        CookiebotOnDecline: read,
        CookiebotOnDialogDisplay: read, // renew() takes the answer back and tells nothing else
      });
    },
  };
}
