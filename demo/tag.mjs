// The tag as a shop pastes it: the JSON block and the script line.
import { html, raw } from 'hono/html';

/** JSON that cannot end the element in which it stands. */
const json = (value) => raw(JSON.stringify(value, null, 2).replaceAll('<', '\\u003c'));
const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * @param {Record<string, string | undefined>} attributes without `data-`, in camel case; what is undefined is left out
 * @param {object} [config] the JSON block
 */
export function tag(attributes, config) {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const block =
    config &&
    html`<script type="application/json" id="chatstone-config">
${json(config)}
</script>
`;
  return html`${block ?? ''}<script async src="/dist/chatstone.js"${written.map(
    ([name, value]) => html` data-${raw(dashed(name))}="${value}"`,
  )}></script>`;
}
