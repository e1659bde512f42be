import { loads } from '../lib/loads.js';
import { on } from '../lib/on.js';
import { several } from '../lib/several.js';
export function onetrust(options) {
    const name = 'onetrust';
    const { group } = several(`consents.${name}`, options, { group: 'C0002' }, /^\w+$/);
    return {
        name,
        sign: () => 'OptanonWrapper' in window || 'OneTrust' in window || loads('onetrust.com', 'cookielaw.org'),
        connect(tell) {
            const page = window;
            // Before the answer too, with the groups that the visitor's region has active by itself: what is not among them is
            // refused only when the banner is closed.
            const read = (groups = page.OnetrustActiveGroups) => {
                const active = `${groups ?? ''}`.split(',');
                if (group.every((one) => active.includes(one)))
                    tell('granted');
                else
                    tell(page.OneTrust?.IsAlertBoxClosed?.() ? 'denied' : 'pending');
            };
            read();
            // The site's OptanonWrapper is not touched: this event comes at each load and at each change.
            return on(name, window, {
                OneTrustGroupsUpdated: ({ detail }) => read(detail ?? undefined),
            });
        },
    };
}
