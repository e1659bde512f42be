import { guard } from './guard.ts';

/**
 * A time that every tab of a site can read in the task in which it asks: a page that leaves has no time to open a
 * transaction, and its own picture of the database may be old.
 */
export const deadline = (name: string) => ({
  /** In milliseconds; 0 where there is none. */
  get: () => Number(guard('deadline', () => localStorage.getItem(name))()) || 0,
  set: guard('deadline', (time: number) => localStorage.setItem(name, `${time}`)),
});
