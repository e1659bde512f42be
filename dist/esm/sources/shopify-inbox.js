import { guard } from '../lib/guard.js';
const NOW = 'shopify-chat';
const BEFORE = 'inbox-online-store-chat'; // the app's element of earlier years, which many shops still have
const OPEN = `${NOW}[open],${BEFORE}[is-open=true]`;
/** A theme may show the element without the app: then nobody has defined it, and it does nothing. */
const find = () => (customElements.get(NOW) && document.querySelector(NOW)) || document.querySelector(BEFORE);
export function shopifyInbox() {
    const name = 'shopify-inbox';
    return {
        name,
        tells: ['chat_opened'],
        wake: ['shopify-chat:enter-managed', 'shopify-chat:enter-standalone'],
        ready: () => !!find(),
        connect(emit) {
            // Its events do not say that it opens: `enter-managed` comes of a wider window, too. The whole document is observed, for
            // the page may put another element in the place of this one; one that is put in open was open before.
            const observer = new MutationObserver(guard(name, (changes) => {
                for (const { target, oldValue } of changes)
                    if ([null, 'false'].includes(oldValue) && target.matches(OPEN))
                        emit({ type: 'opened' });
            }));
            observer.observe(document, {
                subtree: true,
                attributeFilter: ['open', 'is-open'],
                attributeOldValue: true,
            });
            return () => observer.disconnect();
        },
        open() {
            const chat = find();
            if (chat?.show)
                chat.show();
            // The one before has a button that opens and closes.
            else if (!chat?.matches(OPEN))
                chat?.shadowRoot?.querySelector('.chat-toggle')?.click();
        },
    };
}
