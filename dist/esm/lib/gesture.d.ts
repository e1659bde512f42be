/** What the page knows of a person's hands. */
export interface Gestures {
    /** True once for each gesture: a person just did something that may have opened one window. */
    spend(): boolean;
    /** Whether this page has seen any gesture since it loaded. */
    seen(): boolean;
    stop(): void;
}
/**
 * Watches for trusted gestures. A click inside a cross-origin frame is invisible to the page, but it moves the focus into
 * the frame and activates the page around it (`navigator.userActivation`, Chrome 72, Firefox 120, Safari 16.4).
 */
export declare function gestures(now?: () => number): Gestures;
