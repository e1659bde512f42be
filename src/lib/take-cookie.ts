import { cookie } from './cookie.ts';

/** Hands the value of a cookie over and takes it away, if there is one. */
export function takeCookie(name: string, use: (value: string) => void): void {
  const value = cookie(name);
  if (!value) return;
  try {
    use(value);
  } finally {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that shops still see
    document.cookie = `${name}=; path=/; max-age=0`;
  }
}
