import { several } from '../lib/several.js';
export function tcf(options) {
    const name = 'tcf';
    const { purposes, vendor } = several(`consents.${name}`, options, { purposes: [1, 8], vendor: [] }, /^\d+$/);
    return {
        name,
        // A named frame is a property of the window; it may stand there before the API.
        sign: () => '__tcfapi' in window || '__tcfapiLocator' in window,
        connect(tell) {
            const page = window;
            if (typeof page.__tcfapi !== 'function')
                return false;
            let live = true;
            let id;
            const leave = () => id !== undefined && page.__tcfapi('removeEventListener', 2, () => { }, id);
            page.__tcfapi('addEventListener', 2, (data, success) => {
                if (!success)
                    return;
                id = data.listenerId;
                if (!live)
                    return leave();
                if (data.gdprApplies === false)
                    tell('granted');
                // Not `cmpuishown`: the dialog is open, what was answered before still stands.
                else if (/^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) {
                    const given = (list, to) => list.every((one) => to?.consents?.[one]);
                    tell(given(purposes, data.purpose) && given(vendor, data.vendor) ? 'granted' : 'denied');
                }
            });
            return () => {
                live = false;
                leave();
            };
        },
    };
}
