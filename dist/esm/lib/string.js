/** A string as it stands; undefined for anything else. */
export const string = (value) => (typeof value === 'string' ? value : undefined);
