// Shopify's privacy banner, as far as a theme's scripts see it; the buttons of the situation answer it.
import { install } from '../consents/shopify.js';
import { kept } from './kept.js';

const decision = kept('localStorage', 'ravelgarth-consent', null);
const said = decision.get();
const fake = install(window, said ? { remembered: said === 'granted' } : {});

const answer = (yes) => {
  decision.set(yes ? 'granted' : 'denied');
  fake.answer(yes);
};
document.addEventListener('shopify-yes', () => answer(true));
document.addEventListener('shopify-no', () => answer(false));
