// The one boundary at which errors of vendors, listeners and our own code are caught: never a throw into the page.

/** How often each place failed, and what was said last. */
export const faults: {
  counts: Record<string, number>;
  last?: string;
  listener?: (place: string, message: string) => unknown;
} = {
  counts: {},
};

/** Counts a fault and hands it to the listener, if there is one. */
export function fault(place: string, error: unknown): void {
  const { listener } = faults;
  const message =
    error instanceof Error
      ? `${error.name}: ${error.message}`
      : typeof error === 'string'
        ? error
        : typeof error;
  faults.counts[place] = (faults.counts[place] ?? 0) + 1;
  faults.last = `${place}: ${message}`;
  faults.listener = undefined; // what fails in it, now or later, is counted and not told to it
  const back = () => {
    faults.listener = listener;
  };
  try {
    const told = listener?.(place, message);
    if (told instanceof Promise) told.then(back, back);
    else back();
  } catch (another) {
    fault('error listener', another);
    back();
  }
}

/** Wraps a function so that what it throws, now or as a rejected promise, is counted under `place` and goes no further. */
export function guard<A extends unknown[], R>(
  place: string,
  work: (...args: A) => R,
): (...args: A) => R | undefined {
  return (...args) => {
    try {
      const result = work(...args);
      if (result instanceof Promise) result.catch((error) => fault(place, error));
      return result;
    } catch (error) {
      fault(place, error);
      return undefined;
    }
  };
}
