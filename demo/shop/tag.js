// Writes the script line that a shop would paste, with this demo's choices in its attributes, and fills the JSON block
// with what a shop's server would have put there: the product of the address, the order just placed.
{
  const CHOICES = ['write_key', 'region', 'widget', 'anonymous', 'consent', 'identifyBy'];
  const KEY = 'ravelgarth-choices';
  const kept = (key) => {
    try {
      return sessionStorage.getItem(key);
    } catch (error) {
      console.debug('Storage is blocked', error);
      return null;
    }
  };
  const read = (key) => JSON.parse(kept(key) ?? '{}');

  const address = new URLSearchParams(location.search);
  const choices = read(KEY);
  for (const name of CHOICES) {
    const value = address.get(name);
    if (value) choices[name] = value;
    else if (value === '') delete choices[name]; // ?write_key= goes back to the collector
  }
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choices)); // so that they survive a walk through the shop
  } catch (error) {
    console.debug('Storage is blocked', error);
  }
  window.demoChoices = choices;

  const block = document.getElementById('chatstone-config');
  const config = JSON.parse(block.textContent);
  const id = address.get('id');
  if (config.product && id) config.product.sku = `RG-${id.toUpperCase()}`;
  if (config.pageType === 'thank_you') {
    const { order_id, value, currency } = read('ravelgarth-order');
    if (order_id) config.order = { order_id, value, currency };
  }
  if (choices.identifyBy) config.identifyBy = choices.identifyBy;
  block.textContent = JSON.stringify(config, null, 2);

  const script = document.createElement('script');
  script.async = true;
  script.src = '/dist/chatstone.js';
  const real = choices.write_key;
  script.dataset.writeKey = real ?? 'demo';
  if (real) script.dataset.region = choices.region ?? 'us';
  else script.dataset.apiHost = location.origin;
  script.dataset.client = real ? 'auto' : 'none'; // the collector needs no client of Customer.io's
  script.dataset.anonymous = choices.anonymous ?? 'hold';
  script.dataset.consent = choices.consent ?? 'auto';
  // The QA panel may look at the profiles here; asked for by ?chatstone_debug, it stays for the tab.
  if (!real && (address.has('chatstone_debug') || kept('chatstone_debug')))
    script.dataset.debug = '/api/profiles';
  document.head.append(script);
}
