// What a collector that can be asked says of a profile: the demo's, at /api/profiles.
import type { Found } from './trace.ts';

interface Profile {
  id?: string;
  email?: string;
  traits: Record<string, unknown>;
  events: { messageId: string }[];
}

/** What stands on the profile with this key; nothing where no collector can be asked. */
export async function profileOf(address: string, key: string | undefined): Promise<Found> {
  const response = await fetch(address, { credentials: 'omit' });
  if (!response.ok) throw new Error(`${address} answers ${response.status}: it should answer with profiles`);
  const { profiles = [] } = (await response.json()) as { profiles?: Profile[] };
  const wanted = key?.trim().toLowerCase();
  const found = profiles.find(
    ({ id, email }) => wanted && (email === wanted || id?.toLowerCase() === wanted),
  );
  const events: Found['events'] = {};
  for (const { messageId } of found?.events ?? []) events[messageId] = (events[messageId] ?? 0) + 1;
  return { key: found && (found.email ?? found.id), events, traits: found?.traits ?? {} };
}
