// Time that passes only when the walk lets it: each page has timers of its own, which die with it.

interface Timer {
  at: number;
  work: () => void;
  every?: number;
}

export interface Timers {
  setTimeout(work: (...args: any[]) => void, delay?: number, ...args: any[]): number;
  setInterval(work: (...args: any[]) => void, delay?: number, ...args: any[]): number;
  clearTimeout(id?: number): void;
  clearInterval(id?: number): void;
  requestAnimationFrame(work: (time: number) => void): number;
  cancelAnimationFrame(id?: number): void;
}

export type Clock = ReturnType<typeof clock>;

/** A clock that begins at `now`, in milliseconds. */
export function clock(now: number) {
  const timers = new Map<number, Timer>();
  let ids = 0;
  const next = (until: number) => {
    let first: [number, Timer] | undefined;
    for (const one of timers) if (one[1].at <= until && (!first || one[1].at < first[1].at)) first = one;
    return first;
  };
  class PageDate extends Date {
    constructor(...given: any[]) {
      super(...((given.length ? given : [now]) as [number]));
    }
    static override now = () => now;
  }
  return {
    Date: PageDate,
    now: () => now,
    /** The timers of one page, and what ends them all. */
    timers(): Timers & { stop(): void } {
      const own = new Set<number>();
      let live = true;
      const set = (work: () => void, delay: unknown, repeat: boolean) => {
        const wait = Math.max(Number(delay) || 0, repeat ? 1 : 0);
        const id = ++ids;
        if (!live) return id;
        own.add(id);
        timers.set(id, { at: now + wait, work, ...(repeat && { every: wait }) });
        return id;
      };
      const clear = (id?: number) => {
        timers.delete(id!);
        own.delete(id!);
      };
      return {
        setTimeout: (work, delay, ...args) => set(() => work(...args), delay, false),
        setInterval: (work, delay, ...args) => set(() => work(...args), delay, true),
        clearTimeout: clear,
        clearInterval: clear,
        requestAnimationFrame: (work) => set(() => work(now), 16, false),
        cancelAnimationFrame: clear,
        stop() {
          live = false;
          for (const id of own) timers.delete(id);
        },
      };
    },
    /**
     * Runs the next timer that is due until then, if there is one; the clock stands at its time, or at least where it was.
     *
     * @param seldom the least time between two runs of an interval, as browsers have it for pages that nobody looks at
     */
    run(until: number, seldom = 0): boolean {
      const first = next(until);
      if (!first) return false;
      const [id, timer] = first;
      now = Math.max(now, timer.at);
      if (timer.every) timer.at = now + Math.max(timer.every, seldom);
      else timers.delete(id);
      timer.work();
      return true;
    },
    /** The clock stands at a time, whatever was due before: a device that slept. */
    set(time: number) {
      now = time;
    },
  };
}
