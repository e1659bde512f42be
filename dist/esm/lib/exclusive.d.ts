/**
 * Runs `work` in one tab of the site at a time, or at once where locks cannot be had: `request` throws in a sandboxed frame
 * and is missing before Safari 15.4, and a tab that is frozen lets go, so `work` must bear company.
 */
export declare function exclusive(name: string, work: () => Promise<void>): Promise<void>;
