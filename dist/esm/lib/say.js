/** What was said on this page. */
export const said = new Set();
/** Says one sentence to the developer on the console, once a page; it tells what to do. Never holds anything a visitor typed. */
export function say(sentence) {
    if (!said.has(sentence))
        console.error(`[chatstone] ${sentence}`);
    said.add(sentence);
    return undefined;
}
