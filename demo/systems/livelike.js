// A fake of LiveLike's SDK, after the declarations and comments in index.d.ts of
// https://www.npmjs.com/package/@livelike/javascript (1.3.0): the profile's part of it.

/**
 * Puts LiveLike's SDK on a page, not initialised yet, and a server with one profile behind it.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ global?: string, customData?: string | null }} [options] customData: what the site wrote there before
 */
export function install(window, { global = 'LiveLike', customData = null } = {}) {
  const profiles = new Map([
    ['token-1', { id: 'fan-1', nickname: 'Fan', custom_data: customData }],
    ['token-2', { id: 'fan-2', nickname: 'Other', custom_data: null }],
  ]);
  const written = [];
  const log = [];
  let faring = 'well';

  // Each call goes to the server and back.
  const answer = async (accessToken, work) => {
    await null;
    await null;
    if (faring === 'hangs') await new Promise(() => {});
    if (faring !== 'well') throw new Error(`LiveLike says ${faring}`);
    const profile = profiles.get(accessToken);
    if (!profile) throw new Error('Invalid access token');
    work(profile);
    return { ...profile, access_token: accessToken };
  };
  const sdk = {
    /** @type {{ access_token?: string }} */
    userProfile: {},
    async init({ accessToken = 'token-1' } = {}) {
      const profile = await sdk.getUserProfile({ accessToken });
      Object.assign(sdk.userProfile, profile);
      return profile;
    },
    getUserProfile({ accessToken } = {}) {
      if (!accessToken) return Promise.reject(new Error('accessToken is missing'));
      return answer(accessToken, () => log.push('get'));
    },
    updateUserProfile({ accessToken, options = {} } = {}) {
      if (!accessToken) return Promise.reject(new Error('accessToken is missing'));
      if (options.custom_data !== undefined && typeof options.custom_data !== 'string')
        return Promise.reject(new TypeError('custom_data is a string'));
      return answer(accessToken, (profile) => {
        Object.assign(profile, options);
        log.push('update');
        written.push(options.custom_data);
      });
    },
  };
  window[global] = sdk;

  return {
    sdk,
    /** The calls that were answered, by name. */
    log,
    /** What a profile holds on the server. */
    profile: (token = 'token-1') => /** @type {any} */ (profiles.get(token)),
    /** All values of custom_data that were written. */
    taken: () => written,
    fares(how) {
      faring = how;
    },
    /** `init` is done. */
    arrive(token = 'token-1') {
      Object.assign(sdk.userProfile, { ...profiles.get(token), access_token: token });
    },
    leave() {
      delete window[global];
    },
  };
}
