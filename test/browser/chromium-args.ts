// How Chromium is started for tests.
import { CHROMIUM_ARGS } from '../../scripts/ensure-browser.mjs';

// Chromium 156 makes the pages of its address bar ready for every window: two thirds of what a short test costs.
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

// The last --disable-features counts: Playwright's own, by playwright-core/lib/coreBundle.js, are named again.
const PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
];

/** Of a browser that Playwright starts. */
export const PLAYWRIGHT_ARGS = [
  ...CHROMIUM_ARGS,
  `--disable-features=${[...PLAYWRIGHT, ...ADDRESS_BAR].join(',')}`,
];

/** Of one that is started by itself. */
export const PLAIN_ARGS = [...CHROMIUM_ARGS, `--disable-features=${ADDRESS_BAR.join(',')}`];
