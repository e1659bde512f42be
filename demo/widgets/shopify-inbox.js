// A fake of Shopify Inbox, after the theme that ships its element (https://github.com/Shopify/horizon,
// snippets/chat-drawer.liquid) and pages that drive it: https://gist.github.com/webhasan/c53019829373e0deb85b5b080d8126db
import { createFake } from './fake.js';

export const about = {
  title: 'Shopify Inbox',
  link: 'https://github.com/Shopify/horizon/blob/e038e9b6/snippets/chat-drawer.liquid',
  gaps: 'only that the window was opened: it tells the page of no message, reply, end, rating or address. Nothing of it is documented, so it may change',
  proof: 'a fake after the theme that ships it',
};

/**
 * Puts Shopify Inbox on a page.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, legacy?: boolean, theme?: boolean, managed?: boolean }} [options] legacy: the element that the app
 *   used before; theme: its element stands in the theme, inert until the app comes; managed: it opens in a drawer of the theme
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, legacy = false, theme = false, managed = false } = {}) {
  const { customElements, document } = window;
  const [tag, attribute, shut] = legacy
    ? ['inbox-online-store-chat', 'is-open', 'false']
    : ['shopify-chat', 'open', null];
  let element;

  const tell = (what, detail) =>
    document.dispatchEvent(new window.CustomEvent(`shopify-chat:${what}`, { detail }));

  const opened = () => element.hasAttribute(attribute) && element.getAttribute(attribute) !== shut;
  const set = (open) => {
    if (open === opened()) return;
    if (open || shut) element.setAttribute(attribute, legacy ? String(open) : '');
    else element.removeAttribute(attribute);
  };
  const place = () => {
    element = document.createElement(tag);
    if (legacy) {
      element.id = 'ShopifyChat';
      element.setAttribute(attribute, shut);
    } else element.setAttribute('mode', managed ? 'managed' : 'standalone');
    document.body.append(element);
  };
  // Whoever sets the attribute opens and closes it.
  const wire = () => {
    element.changed = () => (opened() ? fake.open() : fake.close());
  };

  const fake = createFake(
    'shopify-inbox',
    {
      load() {
        if (!customElements.get(tag)) customElements.define(tag, elementOf(window, legacy));
        if (!legacy) window.ShopifyChat = customElements.get(tag); // the class: there is nothing to call on it
        if (!element) place();
        wire();
      },
      open() {
        if (managed) tell('enter-managed'); // before it opens
        set(true);
      },
      close() {
        set(false);
        if (!legacy) tell('close');
      },
      // Each page makes the element anew, and a framework that changes pages does too; then it opens itself again.
      replay() {
        element.remove();
        place();
        wire();
        set(fake.opened);
      },
      uninstall() {
        element?.remove();
        delete window.ShopifyChat;
      },
    },
    tell,
  );
  if (theme) place();
  if (!late) fake.load();
  return fake;
}

/** The element's class. It can be defined once on a page, so that it belongs to no fake. */
const elementOf = (window, legacy) =>
  class extends window.HTMLElement {
    static observedAttributes = [legacy ? 'is-open' : 'open'];

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      if (!legacy) {
        this.show = () => this.toggleAttribute('open', true);
        return;
      }
      const button = window.document.createElement('button');
      button.className = 'chat-toggle';
      button.hidden = true;
      button.addEventListener('click', () =>
        this.setAttribute('is-open', String(this.getAttribute('is-open') !== 'true')),
      );
      root.append(button);
    }

    attributeChangedCallback() {
      this.changed?.();
    }
  };
