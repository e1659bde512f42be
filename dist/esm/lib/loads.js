/** Whether the page has a script whose address has one of these in it. Among its scripts, not among all elements: it is asked often. */
export const loads = (...parts) => [...document.getElementsByTagName('script')].some(({ src }) => parts.some((part) => src.includes(part)));
