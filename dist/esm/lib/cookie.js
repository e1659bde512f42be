/** The value of a cookie as it stands, undefined where there is none. */
export const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];
