/** An id that came bare or in quotes, as analytics.js-like clients write them; undefined for what can be none. */
export declare const bareId: (text: string | null | undefined) => string | undefined;
