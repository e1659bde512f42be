// People as Customer.io documents them: found by id or e-mail, with the anonymous events that become theirs.
// https://docs.customer.io/messaging/profiles/anonymous/merge-anonymous/

/**
 * @typedef {Record<string, any> & { receivedAt: string, correctedAt: string, orphaned?: boolean }} Taken
 *   an accepted message as it was sent, with the server's two times
 * @typedef {{ id?: string, email?: string, traits: Record<string, unknown>, anonymousIds: string[], events: Taken[],
 *   identifies: number }} Profile
 * @typedef {{ messageId: string, reason: string, id?: string, email: string, belongsTo?: string }} ProfileError
 */

const MINUTE = 60 * 1000;
const LATE = 5 * MINUTE; // "received up to five minutes after your identify call", https://docs.customer.io/journeys/anonymous-events/
const FORGOTTEN = 30 * 24 * 60 * MINUTE;

/** @param {{ now: () => number }} options */
export function createProfiles({ now }) {
  /** @type {Set<Profile>} */
  const profiles = new Set();
  /** @type {Map<string, Taken[]>} events that belong to nobody, by anonymousId */
  const anonymous = new Map();
  /** @type {Map<string, { profile: Profile, since: number }>} by anonymousId */
  const ties = new Map();
  /** @type {ProfileError[]} */
  const errors = [];

  /** @param {{ id?: string, email?: string }} key */
  function find({ id, email }) {
    return [...profiles].find((profile) => (id ? profile.id === id : profile.email === email));
  }

  /** @param {{ id?: string, email?: string }} key */
  function findOrCreate(key) {
    const found = find(key);
    if (found) return found;
    const profile = {
      id: undefined,
      email: undefined,
      ...key,
      traits: {},
      anonymousIds: [],
      events: [],
      identifies: 0,
    };
    profiles.add(profile);
    return profile;
  }

  /** @param {Taken} message */
  function identify(message) {
    const email = emailOf(message.traits?.email);
    const key = message.userId ? keyOf(message.userId) : email && { email };
    if (!key) return;
    const profile = findOrCreate(key);
    const { email: _, ...others } = message.traits ?? {};
    const mine = !email || email === profile.email || claim(profile, email, message);
    profile.traits = { ...profile.traits, ...(mine ? message.traits : others) };
    profile.identifies += 1;
    if (message.userId && message.anonymousId) tie(message.anonymousId, profile);
  }

  /**
   * Gives the e-mail to the profile, unless it is somebody else's.
   * @param {Profile} profile
   * @param {string} email
   * @param {Taken} message
   */
  function claim(profile, email, message) {
    const owner = find({ email });
    if (owner && (owner.id || profile.email)) {
      const reason = 'identifier is already associated with a different profile';
      errors.push({ messageId: message.messageId, reason, id: profile.id, email, belongsTo: owner.id });
      return false;
    }
    if (owner) absorb(profile, owner);
    profile.email = email;
    return true;
  }

  /** One profile had only an id, the other only an e-mail: they are the same person. */
  function absorb(/** @type {Profile} */ profile, /** @type {Profile} */ other) {
    profile.traits = { ...other.traits, ...profile.traits };
    profile.anonymousIds = [...new Set([...other.anonymousIds, ...profile.anonymousIds])];
    profile.events = [...other.events, ...profile.events].sort(byArrival);
    profile.identifies += other.identifies;
    for (const known of ties.values()) if (known.profile === other) known.profile = profile;
    profiles.delete(other);
  }

  /**
   * What this anonymousId did so far becomes the profile's. A repeated identify with the same anonymousId fetches
   * nothing more: events that came too late stay orphaned.
   * @param {string} anonymousId
   * @param {Profile} profile
   */
  function tie(anonymousId, profile) {
    if (ties.get(anonymousId)?.profile === profile) return;
    ties.set(anonymousId, { profile, since: now() });
    if (!profile.anonymousIds.includes(anonymousId)) profile.anonymousIds.push(anonymousId);
    const events = (anonymous.get(anonymousId) ?? []).filter(isRemembered);
    profile.events = [...profile.events, ...events.filter((event) => !event.orphaned)].sort(byArrival);
    anonymous.set(
      anonymousId,
      events.filter((event) => event.orphaned),
    );
  }

  /** @param {Taken} event */
  function happen(event) {
    const { userId, anonymousId } = event;
    const known = ties.get(anonymousId);
    if (userId) findOrCreate(keyOf(userId)).events.push(event);
    else if (known && now() - known.since <= LATE) known.profile.events.push(event);
    else {
      const events = anonymous.get(anonymousId) ?? [];
      anonymous.set(anonymousId, [...events, known ? { ...event, orphaned: true } : event]);
    }
  }

  /** @param {Taken} event */
  const isRemembered = ({ receivedAt, correctedAt }) =>
    now() - Math.min(Date.parse(receivedAt), Date.parse(correctedAt)) <= FORGOTTEN;

  return {
    /** @param {Taken} message */
    take(message) {
      if (message.type === 'identify') identify(message);
      else if (['track', 'page', 'screen'].includes(message.type)) happen(message);
    },
    list() {
      return {
        profiles: [...profiles],
        anonymous: [...anonymous]
          .map(([anonymousId, events]) => ({ anonymousId, events: events.filter(isRemembered) }))
          .filter(({ events }) => events.length > 0),
        errors,
      };
    },
  };
}

/** A userId that is an e-mail address identifies by e-mail. */
function keyOf(/** @type {string} */ userId) {
  const email = emailOf(userId);
  return email ? { email } : { id: userId };
}

/** @param {unknown} value @returns {string | undefined} in small letters: e-mails are the same in any case, ids are not */
function emailOf(value) {
  if (typeof value !== 'string' || !/^\s*[^\s@]+@[^\s@]+\s*$/.test(value)) return undefined;
  return value.trim().toLowerCase();
}

/** @param {Taken} a @param {Taken} b */
const byArrival = (a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt);
