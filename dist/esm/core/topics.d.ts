/** Topic id → words or patterns that mean it. A word matches at the start of a word; a pattern is used as it is. */
export type Topics = Record<string, readonly (string | RegExp)[]>;
/** The default list, for shops. The order decides when two match: the more telling topic stands first. */
export declare const TOPICS: Topics;
/** The topic that a visitor's own words speak of, or undefined. */
export declare function topicOfText(text: string, topics: Topics): string | undefined;
/** The topic that a tag, department, quick reply or call names: an id of the list, or what its words mean, else `other`. */
export declare function topicOfTag(tag: string, topics: Topics): string;
/** The topic that the address of a page stands for: the first rule whose path begins it (`*` stands for anything). */
export declare function topicOfPage(path: string, rules: Record<string, string>): string | undefined;
