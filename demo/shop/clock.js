/** 14:03:27 */
export const clock = (time) => new Date(time).toLocaleTimeString('en-GB');

/** 28 Nov, 14:03 */
export const when = (time) =>
  new Date(time).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** How much later, in words for people: `0.4 s`, `3 min`, `2 h`. */
export function later(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
