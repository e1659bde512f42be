// https://developer.onetrust.com/onetrust/docs/javascript-events-guide
import type { Consent } from '../core/types.ts';
import { loads } from '../lib/loads.ts';
import { on } from '../lib/on.ts';
import { several } from '../lib/several.ts';

export interface OnetrustOptions {
  /** The groups that all have to be active; `C0002`, performance, where absent. A site may have given them other ids. */
  group?: string | readonly string[];
}

export function onetrust(options?: OnetrustOptions): Consent {
  const name = 'onetrust';
  const { group } = several(`consents.${name}`, options, { group: 'C0002' }, /^\w+$/);
  return {
    name,
    sign: () => 'OptanonWrapper' in window || 'OneTrust' in window || loads('onetrust.com', 'cookielaw.org'),
    connect(tell) {
      const page = window as { OnetrustActiveGroups?: string; OneTrust?: any };
      // Before the answer too, with the groups that the visitor's region has active by itself: what is not among them is
      // refused only when the banner is closed.
      const read = (groups: unknown = page.OnetrustActiveGroups) => {
        const active = `${groups ?? ''}`.split(',');
        if (group.every((one) => active.includes(one))) tell('granted');
        else tell(page.OneTrust?.IsAlertBoxClosed?.() ? 'denied' : 'pending');
      };
      read();
      // The site's OptanonWrapper is not touched: this event comes at each load and at each change.
      return on(name, window, {
        OneTrustGroupsUpdated: ({ detail }) => read(detail ?? undefined),
      });
    },
  };
}
