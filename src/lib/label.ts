/** A short text as it may stand in a field (a name, a phone number, an id), trimmed; undefined for anything else. */
export function label(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';
  return text && text.length < 200 ? text : undefined;
}
