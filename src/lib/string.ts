/** A string as it stands; undefined for anything else. */
export const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
