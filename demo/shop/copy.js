/**
 * Copies the text of an element; without the Clipboard API (no https, refused) by the selection, as one would by hand.
 * @returns {Promise<boolean>} false: it stands selected, and the person has to press the keys
 */
export async function copy(place) {
  try {
    await navigator.clipboard.writeText(place.textContent);
    return true;
  } catch (error) {
    console.debug('The clipboard is not to be had', error);
  }
  const range = document.createRange();
  range.selectNodeContents(place);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand('copy');
}
