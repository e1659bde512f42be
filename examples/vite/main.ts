import { consents, init } from 'chatstone';
import { customerio } from 'chatstone/destinations/customerio';
import { form } from 'chatstone/sources/form';
import { tawk } from 'chatstone/sources/tawk';

const chatstone = init({
  sources: [tawk(), form()], // the widget of the shop, and the e-mail of its checkout
  destinations: [customerio({ writeKey: 'CUSTOMERIO_WRITE_KEY', region: 'us' })],
  consents, // the platforms that are looked for: OneTrust, Cookiebot, TCF, Shopify
  pageType: 'product',
  product: { sku: 'HAT-1' },
});

document.querySelector('#help')?.addEventListener('click', () => chatstone.open('tawk'));
document.querySelector('#log-out')?.addEventListener('click', () => chatstone.reset());

chatstone.on('milestone', ({ name }) => console.log(name));
