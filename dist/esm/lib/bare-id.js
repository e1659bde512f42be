/** An id that came bare or in quotes, as analytics.js-like clients write them; undefined for what can be none. */
export const bareId = (text) => /^[\w.:@|~+=-]{1,255}$/.exec(text?.replace(/%22|"/g, '') ?? '')?.[0];
