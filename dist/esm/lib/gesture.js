import { on } from './on.js';
const FRESH = 1000; // milliseconds
/**
 * Watches for trusted gestures. A click inside a cross-origin frame is invisible to the page, but it moves the focus into
 * the frame and activates the page around it (`navigator.userActivation`, Chrome 72, Firefox 120, Safari 16.4).
 */
export function gestures(now = Date.now) {
    let last = navigator.userActivation?.isActive ? now() : 0; // the last gesture that is not spent: it may be what brought us
    let down = 0; // the last press of a button or key
    let any = false;
    let entered = false; // the focus has moved into a frame
    const heard = ({ isTrusted, type, target }) => {
        // What a tester presses in the QA panel is meant for that.
        if (!isTrusted || target?.localName === 'chatstone-panel')
            return;
        if (type === 'blur') {
            // A widget that focuses its own frame and opens does both in one task: the microtask comes too late for that.
            if (target === window)
                queueMicrotask(() => {
                    entered = document.activeElement?.tagName === 'IFRAME';
                });
            return;
        }
        any = true;
        entered = false;
        // A click ends the press it began with; where that press is spent already, it opens no second window. Assistive
        // technology clicks without a press.
        if (type !== 'click')
            down = now();
        else if (last < down && now() - down < FRESH)
            return;
        last = now();
    };
    return {
        spend() {
            const spent = now() - last < FRESH || (entered && !!navigator.userActivation?.isActive);
            entered = false;
            last = 0;
            return spent;
        },
        seen: () => any || !!navigator.userActivation?.hasBeenActive,
        stop: on('gesture', window, { pointerdown: heard, keydown: heard, click: heard, blur: heard }),
    };
}
