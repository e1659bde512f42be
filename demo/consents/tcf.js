// A fake of a platform with the interface of the Transparency and Consent Framework, after
// https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework (CMP API v2)

/**
 * Puts it on a page: the locator frame first, the API when it loads.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, free?: boolean, remembered?: boolean }} [options] late: `load` is called by the test; free: the
 *   GDPR does not apply; remembered: the answer of an earlier visit
 */
export function install(window, { late, free = false, remembered } = {}) {
  const frame = window.document.createElement('iframe');
  frame.name = '__tcfapiLocator';
  (window.document.body ?? window.document.documentElement).append(frame);
  window.__tcfapiLocator ??= frame;
  const listeners = new Map();
  let last = 0;
  let answer = remembered;
  let eventStatus = answer === undefined && !free ? 'cmpuishown' : 'tcloaded';
  const data = (listenerId) => {
    const consents = {};
    for (let purpose = 1; purpose <= 11; purpose++) consents[purpose] = answer === true;
    const vendor = { consents: { 755: answer === true } };
    return { listenerId, eventStatus, gdprApplies: !free, purpose: { consents }, vendor };
  };
  const tell = (status) => {
    eventStatus = status;
    for (const [id, callback] of listeners) callback(data(id), true);
  };
  const fake = {
    listeners,
    load() {
      window.__tcfapi = (command, _version, callback, id) => {
        if (command === 'addEventListener') {
          listeners.set(++last, callback);
          callback(data(last), true);
        } else if (command === 'removeEventListener') callback(listeners.delete(id));
        else callback(null, false);
      };
    },
    answer(yes) {
      tell('cmpuishown');
      answer = yes;
      tell('useractioncomplete');
    },
    uninstall() {
      frame.remove();
      delete window.__tcfapi;
      delete window.__tcfapiLocator;
    },
  };
  if (!late) fake.load();
  return fake;
}
