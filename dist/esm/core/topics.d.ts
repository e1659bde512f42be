/** Topic id → words or patterns that mean it. A word stands for all that begin with it; a pattern is used as it is. */
export type Topics = Record<string, readonly (string | RegExp)[]>;
/** The list, extended and overridden by the site's own words; an empty list of words takes a topic away. */
export declare function topicsOf(own?: Record<string, unknown>): Topics;
/** The topic that a visitor's own words speak of, or undefined. */
export declare function topicOfText(text: unknown, topics: Topics): string | undefined;
/** The topic that a tag, department, quick reply or call names: an id of the list, or what its words mean, else `other`. */
export declare function topicOfTag(tag: unknown, topics: Topics): string;
/** The topic that the address of a page stands for: that of the first rule that begins its path; `*` is anything. */
export declare function topicOfPage(path: string, rules: Record<string, string>, topics: Topics): string | undefined;
