// The situations in which a shop's page finds itself, a page each. What differs between them stands here.
import { html } from 'hono/html';
import { theme } from './shopify-theme.mjs';

/**
 * @typedef {object} Situation
 * @property {string} title
 * @property {string} try what to do, in a sentence
 * @property {string} expect what comes of it, in a sentence
 * @property {Record<string, string>} [tag] attributes of the script tag beside key and host
 * @property {object} [config] the JSON block
 * @property {[act: string, label: string][]} [buttons] acts of shop/situation-acts.js
 * @property {import('./frame.mjs').Markup} [body] what else stands on the page
 * @property {string[]} [scripts] modules beside those of every situation
 * @property {Record<string, string>} [headers] of the answer
 * @property {boolean} [strict] no script stands in the page itself
 * @property {(asked: { origin: string, widget: string, query: URLSearchParams, debug?: string }) => import('./frame.mjs').Markup} [head]
 *   in the place of the tag
 */

const AILSA = { id: 'c-1042', email: 'ailsa@example.com', name: 'Ailsa Graham' };
const VIEWS = '/situations/single-page-app.html';

/** @type {Record<string, Situation>} */
export const situations = {
  'first-chat': {
    title: 'A guest chats for the first time',
    try: 'Open the chat, skip its form and write a line; then sign in.',
    expect: 'The milestones wait on this device until somebody is known, and then arrive on that person.',
    config: { pageType: 'product', product: { sku: 'RG-JUMPER' } },
    buttons: [['sign-in', 'Sign in as Ailsa']],
  },
  'known-customer': {
    title: 'A customer who is logged in',
    try: 'Open the chat and write a line.',
    expect: 'The page has said who this is, so each milestone arrives at once, on that customer.',
    config: { pageType: 'account', user: AILSA },
  },
  'pre-chat': {
    title: 'The form before the chat',
    try: 'Open the chat, fill in its form with an e-mail address, and write a line.',
    expect: 'The widget’s form says who this is; what was told before it goes to the same person.',
    config: { pageType: 'product' },
  },
  checkout: {
    title: 'The checkout says who it was',
    try: 'Chat as a guest, skip the form, and then send the checkout form below.',
    expect: 'The chat arrives on the buyer, and the order, which the shop’s server tells, stands beside it.',
    config: { pageType: 'checkout' },
    scripts: ['/shop/situation-checkout.js'],
    body: html`
      <form class="checkout woocommerce-checkout situation-form" id="checkout">
        <p class="field wide">
          <label for="billing_email">E-mail</label>
          <input id="billing_email" name="billing_email" type="email" autocomplete="email" required />
        </p>
        <p class="field wide">
          <label for="billing_first_name">First name <span class="small">(if you like)</span></label>
          <input id="billing_first_name" name="billing_first_name" type="text" autocomplete="given-name" />
        </p>
        <p class="actions"><button class="button" id="place">Place the order</button></p>
        <p id="placed" role="status"></p>
      </form>`,
  },
  offline: {
    title: 'Nobody answers',
    try: 'Cut the collector off, chat, reload the page if you like, and let it answer again.',
    expect:
      'The milestones stay on the device and are tried again; all arrive, with the times at which they happened.',
    config: { pageType: 'home', user: AILSA },
    buttons: [
      ['unreachable', 'Cut the collector off'],
      ['fine', 'Let it answer'],
    ],
  },
  'two-tabs': {
    title: 'The same chat in two tabs',
    try: 'Write a line, open the second tab, and let the agent reply in both.',
    expect: 'Both tabs hear the same conversation, and each milestone of it is told once.',
    config: { pageType: 'home', user: AILSA },
    buttons: [['second-tab', 'Open the second tab']],
  },
  consent: {
    title: 'Consent is asked for',
    try: 'Chat before you answer the banner; then say yes, and later take it back.',
    expect:
      'Until the answer nothing is stored or sent; yes tells what waited in memory; no deletes all of it.',
    tag: { consent: 'manual' },
    config: { pageType: 'home', user: AILSA },
    buttons: [
      ['withdraw', 'Take the consent back'],
      ['ask-again', 'Ask me again'],
    ],
  },
  'single-page-app': {
    title: 'Views without a page load',
    try: 'Go to the size guide by the links below, chat there, then go on and end the chat in another view.',
    expect:
      'Each milestone carries the address of its view, and the size guide makes the topic “sizing”, without a load.',
    config: { user: AILSA, pages: { [`${VIEWS}/size-guide`]: 'sizing' } },
    scripts: ['/shop/views.js'],
    body: html`
      <nav class="views" id="views" aria-label="Views">
        <a href="${VIEWS}">Jumpers</a>
        <a href="${VIEWS}/size-guide">Size guide</a>
        <a href="${VIEWS}/story">Our story</a>
      </nav>
      <p id="view" role="status"></p>`,
  },
  'two-widgets': {
    title: 'Two chats on one page',
    try: 'Chat in the window at the corner, and use the second widget by the buttons.',
    expect: 'Both are heard; their conversations stay apart, each under its widget’s name.',
    config: { pageType: 'home', user: AILSA },
    scripts: ['/shop/second-chat.js'],
    body: html`<p class="small" id="second-name">The second widget is on its way.</p>`,
    buttons: [
      ['second-open', 'Open the second chat'],
      ['second-write', 'Write a line there'],
      ['second-reply', 'Its agent replies'],
    ],
  },
  'strict-csp': {
    title: 'A strict Content Security Policy',
    try: 'Chat as on any page, and look at the live view.',
    expect:
      'No script stands in the page and none may; everything works, and the policy has refused nothing.',
    config: { pageType: 'home', user: AILSA },
    strict: true,
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'",
    },
  },
  shopify: {
    title: 'A theme of Shopify',
    try: 'Chat, answer the privacy banner, and come back as a logged-in customer.',
    expect:
      'Shopify’s answer decides; a guest’s milestones go under the anonymous id, a customer’s on that customer.',
    scripts: ['/shop/shopify-banner.js'],
    buttons: [
      ['shopify-yes', 'Accept, as in Shopify’s banner'],
      ['shopify-no', 'Decline'],
      ['customer', 'Log in, or out'],
    ],
    head: theme,
  },
  'broken-collector': {
    title: 'The collector is broken',
    try: 'Write a line; then, one after another, let it answer 500, refuse a record, and answer 401, and let the agent reply, rate and end in between.',
    expect:
      'Failures are kept and tried again; the refused record alone is dropped and counted; a wrong key is said once and tried slowly.',
    config: { pageType: 'home', user: AILSA },
    buttons: [
      ['500', 'Answer 500'],
      ['refuse', 'Refuse agents’ replies'],
      ['401', 'Answer 401'],
      ['fine', 'Fine weather'],
      ['flush', 'Deliver now'],
    ],
  },
};
