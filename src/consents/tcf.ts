// https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md
import type { Consent } from '../core/types.ts';
import { several } from '../lib/several.ts';

export interface TcfOptions {
  /** The purposes that all need consent; where absent 1 (to store on the device) and 8 (to measure content). */
  purposes?: number | readonly number[];
  /** The id of a vendor on the Global Vendor List that needs consent too; none where absent, and chatstone is none. */
  vendor?: number | readonly number[];
}

export function tcf(options?: TcfOptions): Consent {
  const name = 'tcf';
  const { purposes, vendor } = several(
    `consents.${name}`,
    options,
    { purposes: [1, 8], vendor: [] },
    /^\d+$/,
  );
  return {
    name,
    // A named frame is a property of the window; it may stand there before the API.
    sign: () => '__tcfapi' in window || '__tcfapiLocator' in window,
    connect(tell) {
      const page = window as { __tcfapi?: any };
      if (typeof page.__tcfapi !== 'function') return false;
      let live = true;
      let id: unknown;
      const leave = () => id !== undefined && page.__tcfapi('removeEventListener', 2, () => {}, id);
      page.__tcfapi('addEventListener', 2, (data: any, success: boolean) => {
        if (!success) return;
        id = data.listenerId;
        if (!live) return leave();
        if (data.gdprApplies === false) tell('granted');
        // Not `cmpuishown`: the dialog is open, what was answered before still stands.
        else if (/^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) {
          const given = (list: string[], to: any) => list.every((one) => to?.consents?.[one]);
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
