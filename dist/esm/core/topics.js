// The controlled list of topics. Text in, id out: text exists nowhere but in the argument of these functions.
/** The default list, for shops. The order decides when two match: the more telling topic stands first. */
export const TOPICS = {
    order_status: ['order status', 'my order', 'where is', 'track', 'parcel', 'package', 'arrive', 'order number'],
    returns: ['return', 'refund', 'exchange', 'send back', 'send it back', 'money back'],
    sizing: ['siz', 'fit', 'too small', 'too big', 'run small', 'run large', 'measure', 'waist', 'length'],
    shipping: ['ship', 'deliver', 'courier', 'postage', 'customs'],
    payment: ['pay', 'card', 'invoice', 'klarna', 'checkout', 'charge'],
    discount: ['discount', 'coupon', 'promo', 'voucher', 'code', 'sale'],
    stock: ['stock', 'availab', 'sold out', 'restock', 'back in'],
    ingredients: ['ingredient', 'allerg', 'vegan', 'material', 'made of', 'fabric', 'contain'],
    account: ['account', 'log in', 'login', 'password', 'sign in', 'subscription'],
    product: ['product', 'difference', 'recommend', 'warranty', 'how does', 'how do', 'which one'],
};
const plain = (text) => text.trim().toLowerCase();
/** The topic that a visitor's own words speak of, or undefined. */
export function topicOfText(text, topics) {
    const words = ` ${plain(text).replace(/[\s_-]+/g, ' ')}`;
    return Object.keys(topics).find((id) => topics[id].some((sign) => (typeof sign === 'string' ? words.includes(` ${plain(sign)}`) : sign.test(text))));
}
/** The topic that a tag, department, quick reply or call names: an id of the list, or what its words mean, else `other`. */
export function topicOfTag(tag, topics) {
    const id = plain(tag).replace(/[\s-]+/g, '_');
    return Object.keys(topics).includes(id) ? id : (topicOfText(tag, topics) ?? 'other');
}
/** The topic that the address of a page stands for: the first rule whose path begins it (`*` stands for anything). */
export function topicOfPage(path, rules) {
    const rule = Object.keys(rules).find((prefix) => {
        const [first = '', ...rest] = prefix.split('*');
        let at = path.startsWith(first) ? first.length : -1;
        for (const part of rest) {
            const next = at < 0 ? -1 : path.indexOf(part, at);
            at = next < 0 ? -1 : next + part.length;
        }
        return at >= 0;
    });
    return rule && rules[rule];
}
