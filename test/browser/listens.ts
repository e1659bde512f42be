// Whether a page listens: what a test does in a fake widget before would be heard by nobody.

/**
 * Runs in the page, and sees nothing else of the test. The answer is no as long as the tag's files are on their way; once it is
 * yes, the fake is listened to from the next task on.
 */
export async function listens(): Promise<boolean> {
  const { chatstone, fake } = window as { chatstone?: { started?: boolean }; fake?: { name: string } };
  if (!chatstone?.started || !fake || ['crisp', 'custom'].includes(fake.name)) return true; // there is nothing to wait for
  const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const files = ['listening', fake.name].map((file) =>
    all.find(({ name }) => new URL(name).pathname === `/dist/chatstone-${file}.js`),
  );
  if (files.includes(undefined)) return false;
  if (files.some((file) => file!.responseStatus >= 400)) return true; // the test is about that
  // That they came does not say that they ran.
  return Promise.all(files.map((file) => import(file!.name))).then(
    () => true,
    () => true, // they cannot run: the test is about that
  );
}

/** What it is as text: Vitest writes import() as a function of its own, which the page does not have. */
export const source = (work: unknown) => String(work).replaceAll('__vite_ssr_dynamic_import__(', 'import(');
