/** That of package.json; a test keeps them alike. */
export declare const VERSION = "0.5.0";
