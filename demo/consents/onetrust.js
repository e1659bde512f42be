// A fake of OneTrust, after https://developer.onetrust.com/onetrust/docs/javascript-events-guide and
// https://developer.onetrust.com/onetrust/docs/javascript-api

/**
 * Puts OneTrust on a page.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, free?: boolean, remembered?: boolean }} [options] late: `load` is called by the test; free: the
 *   region's rule has all groups active by itself; remembered: the answer of an earlier visit
 */
export function install(window, { late, free = false, remembered } = {}) {
  window.OptanonWrapper ??= () => {};
  let groups = [];
  let closed = remembered !== undefined;
  const tell = (answer) => {
    groups = answer ? ['C0001', 'C0002', 'C0003', 'C0004'] : ['C0001'];
    window.OnetrustActiveGroups = `,${groups.join(',')},`;
    window.OptanonWrapper();
    window.dispatchEvent(new window.CustomEvent('OneTrustGroupsUpdated', { detail: groups }));
  };
  const fake = {
    load() {
      window.OneTrust = { IsAlertBoxClosed: () => closed };
      tell(remembered ?? free);
    },
    answer(yes) {
      closed = true;
      tell(yes);
    },
    uninstall() {
      for (const name of ['OptanonWrapper', 'OneTrust', 'OnetrustActiveGroups']) delete window[name];
    },
  };
  if (!late) fake.load();
  return fake;
}
