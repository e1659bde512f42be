import { widgets } from '../widgets/index.js';

/** What the demo was asked to be, by the address or earlier in this tab: see tag.js. */
export const choices = window.demoChoices ?? {};

/** The collector takes what this page delivers; with a write key of a workspace Customer.io does. */
export const toCollector = !choices.write_key;

export const widget = Object.keys(widgets).includes(choices.widget) ? choices.widget : 'tawk';

/** Loads this page anew with another choice. */
export function choose(name, value) {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  location.assign(address);
}
