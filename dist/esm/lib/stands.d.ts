/** Whether a page of this site has made the database; true where that cannot be known (Firefox before 126). */
export declare const stands: (name: string) => Promise<boolean>;
