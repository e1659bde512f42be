// A fake of Cookiebot, after https://www.cookiebot.com/en/developer/

/**
 * Puts Cookiebot on a page. Its script element has the id Cookiebot, so that `window.Cookiebot` is that element at first.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, free?: boolean, remembered?: boolean }} [options] late: `load` is called by the test; free: the
 *   region needs no consent, all is accepted; remembered: the answer of an earlier visit
 */
export function install(window, { late, free = false, remembered } = {}) {
  const script = window.document.createElement('script');
  script.id = 'Cookiebot';
  script.type = 'text/plain';
  window.document.head.append(script);
  window.Cookiebot = script;
  const tell = (name) => window.dispatchEvent(new window.Event(`CookiebotOn${name}`));
  const set = (yes, hasResponse) => {
    const consent = { necessary: true, preferences: yes, statistics: yes, marketing: yes };
    window.Cookiebot = { consent, hasResponse, consented: yes, declined: hasResponse && !yes };
  };
  const fake = {
    load() {
      set(remembered ?? free, remembered !== undefined || free);
      if (window.Cookiebot.hasResponse) fake.ready();
      else tell('DialogDisplay');
    },
    ready() {
      tell('ConsentReady');
      tell(window.Cookiebot.consented ? 'Accept' : 'Decline');
    },
    answer(yes) {
      set(yes, true);
      fake.ready();
    },
    /** The answer is taken back and asked for again. */
    renew() {
      set(false, false);
      tell('DialogDisplay');
    },
    uninstall() {
      script.remove();
      delete window.Cookiebot;
    },
  };
  if (!late) fake.load();
  return fake;
}
