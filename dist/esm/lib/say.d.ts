/** What was said on this page. */
export declare const said: Set<string>;
/** Says one sentence to the developer on the console, once a page; it tells what to do. Never holds anything a visitor typed. */
export declare function say(sentence: string): undefined;
