/** Whether a page of this site has made the database; true where that cannot be known (Firefox before 126). */
export const stands = async (name) => !indexedDB.databases || (await indexedDB.databases()).some((one) => one.name === name);
