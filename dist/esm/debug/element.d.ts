/** Makes an element: `element('a', { href, class: 'quiet' }, 'text', child)`. Text goes in as text, never as markup. */
export declare function element<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Record<string, unknown>, ...children: (Node | string | undefined | false)[]): HTMLElementTagNameMap[K];
