/**
 * Runs in the page before its own scripts: moves its clock by `offset` milliseconds, and lets a test move it further with
 * `window.moveClock`, which resolves when what is due has run (once, as after a laptop's lid was closed). Playwright's own
 * clock can do this too, but every call of it counts as a gesture of the visitor.
 * Nothing moves performance.now, animation frames, AbortSignal.timeout and workers.
 */
export function clock(offset: number): void {
  const RealDate = Date;
  const { setTimeout: wait, clearTimeout: forget } = window;
  const now = () => RealDate.now() + offset;
  window.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });

  interface Timer {
    due: number;
    every?: number;
    id?: number;
    run: () => void;
  }
  const timers = new Map<number, Timer>();
  let last = 1_000_000; // far from the ids of real timers, which the clear functions still take

  const fire = (handle: number, timer: Timer) => {
    if (timer.every === undefined) timers.delete(handle);
    else arm(handle, timer, timer.every);
    timer.run();
  };
  const arm = (handle: number, timer: Timer, delay: number) => {
    forget(timer.id);
    timer.due = now() + delay;
    timer.id = wait(() => fire(handle, timer), delay);
  };
  const set =
    (repeat: boolean) =>
    (work: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
      last += 1;
      const pause = Math.max(0, Number(delay) || 0);
      const timer: Timer = { due: 0, every: repeat ? pause : undefined, run: () => work.apply(window, args) };
      timers.set(last, timer);
      arm(last, timer, pause);
      return last;
    };
  const clear = (handle?: number) => {
    forget(timers.get(Number(handle))?.id ?? handle);
    timers.delete(Number(handle));
  };
  Object.assign(window, {
    setTimeout: set(false),
    setInterval: set(true),
    clearTimeout: clear,
    clearInterval: clear,
    moveClock(to: number) {
      offset = to;
      for (const [handle, timer] of [...timers].sort(([, a], [, b]) => a.due - b.due))
        arm(handle, timer, Math.max(0, timer.due - now()));
      for (const { contentDocument } of document.querySelectorAll('iframe'))
        contentDocument?.defaultView?.moveClock?.(to); // frames of other origins stay behind
      return new Promise<void>((resolve) => wait(resolve));
    },
  });
}

declare global {
  interface Window {
    moveClock?(to: number): Promise<void>;
  }
}
