import { widgets } from '../widgets/index.js';

const { situation, widget: asked, consent } = document.documentElement.dataset;

/** The page of a situation holds its own tag; its server says on the root element what it was asked to be. */
export const inSituation = situation;

/** What the demo was asked to be, by the address or earlier in this tab: see tag.js. */
export const choices = situation ? { widget: asked, consent } : (window.demoChoices ?? {});

/** The collector takes what this page delivers; with a write key of a workspace Customer.io does. */
export const toCollector = !choices.write_key;

export const widget = Object.keys(widgets).includes(choices.widget) ? choices.widget : 'tawk';

/** Loads this page anew with another choice. */
export function choose(name, value) {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  location.assign(address);
}
