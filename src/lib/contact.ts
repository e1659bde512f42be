import { email } from './email.ts';
import { label } from './label.ts';

/** An address, a name and a phone number as they identify; undefined for what is none. */
export const contact = (address?: unknown, name?: unknown, phone?: unknown) => ({
  email: email(address),
  name: label(name),
  phone: label(phone),
});
