/** Hands the value of a cookie over and takes it away, if there is one. */
export declare function takeCookie(name: string, use: (value: string) => void): void;
