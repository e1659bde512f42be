const said = new Set<string>();

/** Says one sentence to the developer on the console, once a page; it tells what to do. Never holds anything a visitor typed. */
export function say(sentence: string): void {
  if (said.has(sentence)) return;
  said.add(sentence);
  console.error(`[chatstone] ${sentence}`);
}
