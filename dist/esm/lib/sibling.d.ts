/** The address of a file that lies beside another. A query, such as `?v=7`, is that of all files. */
export declare const sibling: (address: string, name: string) => URL;
