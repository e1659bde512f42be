import { email } from './email.js';
import { label } from './label.js';
/** An address, a name and a phone number as they identify; undefined for what is none. */
export const contact = (address, name, phone) => ({
    email: email(address),
    name: label(name),
    phone: label(phone),
});
