/** Whether deliveries of this page fail. */
export declare const offline: () => boolean;
/** Lets deliveries of this page fail, or go again. */
export declare function setOffline(on: boolean): void;
