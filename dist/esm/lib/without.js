/** Values without those whose name is of a kind. */
export const without = (values, kind) => Object.fromEntries(Object.entries(values).filter(([name]) => !kind.test(name)));
