/** Whether the page has a script whose address has one of these in it. Among its scripts, not among all elements: it is asked often. */
export declare const loads: (...parts: readonly string[]) => boolean;
