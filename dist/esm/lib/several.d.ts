type Values = string | number | readonly (string | number)[];
/**
 * Options that hold one value or several, each as a list of words. What is none of the defaults' names, is empty or does not
 * fit is said, and keeps its default.
 */
export declare function several<K extends string>(place: string, given: Partial<Record<K, Values>> | undefined, defaults: Readonly<Record<K, Values>>, fits: RegExp): Record<K, string[]>;
export {};
