/** What stands on the profile with this key; nothing where no collector can be asked. */
export async function profileOf(address, key) {
    const response = await fetch(address, { credentials: 'omit' });
    if (!response.ok)
        throw new Error(`${address} answers ${response.status}: it should answer with profiles`);
    const { profiles = [] } = (await response.json());
    const wanted = key?.trim().toLowerCase();
    const found = profiles.find(({ id, email }) => wanted && (email === wanted || id?.toLowerCase() === wanted));
    const events = {};
    for (const { messageId } of found?.events ?? [])
        events[messageId] = (events[messageId] ?? 0) + 1;
    return { key: found && (found.email ?? found.id), events, traits: found?.traits ?? {} };
}
