// JSON that a page cannot bend: Prototype.js 1.6 and its like hang `toJSON` on String and Array, and JSON.stringify obeys.

// Keys of an object are never handed to a toJSON, so a string is quoted as a key, of an object that inherits none.
const quote = (text: string): string => JSON.stringify({ __proto__: null, [text]: 0 }).slice(1, -3);

/** `JSON.stringify` of plain data. Functions, symbols and undefined are left out, numbers that are not finite become null. */
export function json(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (!value || typeof value !== 'object')
    return Number.isFinite(value) || typeof value === 'boolean' ? `${value}` : 'null';
  if (Array.isArray(value)) return `[${[...value].map((one) => json(one)).join()}]`;
  return `{${Object.keys(value)
    .filter((key) => !/^(un|fu|sy)/.test(typeof (value as Record<string, unknown>)[key]))
    .map((key) => `${quote(key)}:${json((value as Record<string, unknown>)[key])}`)
    .join()}}`;
}
