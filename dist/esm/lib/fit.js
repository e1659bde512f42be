import { email } from './email.js';
const WHO = /^(e[-_]?mail(_.*)?|(.*_)?(email|phone|e_mail)|((first|last|full|user)_?)?name|nickname|((user|customer|contact|visitor|anonymous)_?)?id|user_?hash|avatar|company|companies)$/i;
/** Flat values without those that say who somebody is, by their name or because an address stands in them. */
export const impersonal = (values) => Object.fromEntries(Object.entries(values).filter(([name, value]) => !WHO.test(name) && !email(value)));
/** Cuts flat values to the room that there is, in their order; a character of two halves is not cut in two. */
export function fit(values, { most, longest, text }) {
    const cut = (value) => text || typeof value === 'string'
        ? String(value)
            .slice(0, longest)
            .replace(/[\uD800-\uDBFF]$/, '')
        : value;
    return Object.fromEntries(Object.entries(values)
        .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
        .slice(0, most)
        .map(([name, value]) => [name, cut(value)]));
}
