// A fake of Shopify's Customer Privacy API, after https://shopify.dev/docs/api/customer-privacy

/**
 * Puts it on a page. The API is there only after loadFeatures was called for it.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, free?: boolean, remembered?: boolean, fails?: boolean }} [options] late: `load` is called by the
 *   test; free: no consent is needed here; remembered: the answer of an earlier visit; fails: the API cannot be loaded
 */
export function install(window, { late, free = false, remembered, fails = false } = {}) {
  window.Shopify = { shop: 'a.myshopify.com' };
  let said = remembered;
  const allowed = () => said ?? free;
  const answer = () => (said === undefined ? '' : said ? 'yes' : 'no');
  const api = {
    analyticsProcessingAllowed: allowed,
    preferencesProcessingAllowed: allowed,
    marketingAllowed: allowed,
    currentVisitorConsent: () => ({
      analytics: answer(),
      marketing: answer(),
      preferences: answer(),
      sale_of_data: '',
    }),
  };
  const fake = {
    load() {
      window.Shopify.loadFeatures = (_features, done) =>
        setTimeout(() => {
          if (fails) return done(new Error('no such feature'));
          window.Shopify.customerPrivacy = api;
          done();
        });
    },
    answer(yes) {
      said = yes;
      const detail = { analyticsAllowed: yes, marketingAllowed: yes, preferencesAllowed: yes };
      window.document.dispatchEvent(new window.CustomEvent('visitorConsentCollected', { detail }));
    },
    uninstall() {
      delete window.Shopify;
    },
  };
  if (!late) fake.load();
  return fake;
}
