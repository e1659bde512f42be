/** Makes an element: `element('a', { href, class: 'quiet' }, 'text', child)`. Text goes in as text, never as markup. */
export function element(tag, props = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === undefined || value === false)
            continue;
        if (typeof value === 'function')
            made[name] = value;
        else
            made.setAttribute(name, value === true ? '' : String(value));
    }
    made.append(...children.filter((child) => child !== undefined && child !== false));
    return made;
}
