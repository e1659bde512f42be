/** Values without those whose name is of a kind. */
export const without = <T>(values: Readonly<Record<string, T>>, kind: RegExp): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !kind.test(name)));
