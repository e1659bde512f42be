// npm start: installs what is missing, builds, and serves the demo. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

try {
  const port = portFrom(process.env.PORT);
  ensurePackages();
  build();
  const { serve } = await import('../demo/server.mjs'); // not before its packages are there
  const { url, close } = await serve({ port });
  console.log(welcome(url));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(0)));
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/** @param {string | undefined} text */
function portFrom(text = '4173') {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`PORT=${text} is no port. Choose a number up to 65535: PORT=4180 npm start`);
}

function build() {
  const script = fileURLToPath(new URL('build.mjs', import.meta.url));
  if (!existsSync(script)) return;
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed; its own words stand above.');
}

/** @param {string} url */
function welcome(url) {
  return `
The demo shop is open: ${url}

  Pick a chat widget and chat: the milestones appear beside it, never the words.
  Go offline, reload, close the tab, chat on: nothing is lost, nothing is told twice.
  Check out with an e-mail: what was anonymous becomes that person's (${url}/api/profiles).
  Each situation of a shop on a page of its own, with the tag as a shop pastes it: ${url}/situations/
  Build your own tag: ${url}/builder.html · See what clean data is good for: ${url}/explorer.html
  Send to your own Customer.io workspace: ${url}/?write_key=YOUR_KEY&region=eu (or region=us)

Ctrl-C closes it.
`;
}
