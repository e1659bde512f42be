// Who somebody is: a pure decision between what is known and what is said.
import type { Strength } from './types.ts';

/** What is known of the person behind a visitor id. */
export interface Known {
  userId?: string;
  /** The userId is that of the vendor's own client on the page: ours follows it and is never another. */
  client?: boolean;
  id?: string;
  email?: string;
  by?: Strength;
}

/** What somebody says now, trimmed and checked. */
export interface Said {
  id?: string;
  email?: string;
  by: Strength;
  /** The user id that the vendor's client on the page has. */
  client?: string;
}

const ORDER: readonly Strength[] = ['site', 'checkout', 'widget', 'form'];
const weaker = (a: Strength, b?: Strength) => b !== undefined && ORDER.indexOf(a) > ORDER.indexOf(b);
const differ = (a?: string, b?: string) => a !== undefined && b !== undefined && a !== b;

/**
 * Decides what `said` means.
 *
 * @returns the person as known now; `another` when it is a different person, of the same strength or stronger; `weaker` when
 * it names somebody else but stands behind a stronger word, and so is no news
 */
export function recognise(known: Known, said: Said, identifyBy: 'email' | 'id'): Known | 'another' | 'weaker' {
  const sameCustomer = said.id !== undefined && said.id === known.id;
  const another =
    differ(said.client, known.client ? known.userId : undefined) ||
    (!sameCustomer &&
      (differ(said.email, known.email) || // the address decides …
        // … and the id where ids are the key, or where there is no address on one side
        (differ(said.id, known.id) && (identifyBy === 'id' || !said.email || !known.email))));
  if (another) return weaker(said.by, known.by) ? 'weaker' : 'another';

  const next: Known = {
    ...known,
    id: said.id ?? known.id,
    email: said.email ?? known.email,
    by: weaker(said.by, known.by) ? known.by : said.by,
  };
  if (said.client) {
    next.userId = said.client;
    next.client = true;
  } else if (!next.client) {
    next.userId = identifyBy === 'id' ? (next.id ?? next.email) : next.email;
  }
  return next;
}
