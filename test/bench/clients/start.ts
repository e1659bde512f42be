/** Starts a client that sends to a collector; returns what tells a fact. */
export type Start = (url: string) => (name: string, properties: { conversation_id: string }) => unknown;
