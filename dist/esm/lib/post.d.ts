/**
 * Posts data as text/plain, which needs no preflight, so that the request outlives its page where it may.
 *
 * @throws Refused (400, 413, 422 and other 4xx), Misconfigured (401, 403, 404, a redirect), Later (429 and 503 with Retry-After), or an
 * Error for anything that may pass: 408, 429, 5xx, network, no answer in 15 s
 */
export declare function post(url: string, data: unknown, leaving?: boolean): Promise<void>;
