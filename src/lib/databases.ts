/**
 * The names of this site's databases; undefined where they cannot be listed (Firefox before 126, storage that is blocked). Asking
 * holds up nobody, while the first look into localStorage, sessionStorage or the cookies stops the page for milliseconds.
 */
export async function databases(): Promise<readonly (string | undefined)[] | undefined> {
  try {
    return (await indexedDB.databases()).map(({ name }) => name);
  } catch {
    return undefined;
  }
}
