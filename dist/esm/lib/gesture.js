import { guard } from './guard.js';
const FRESH = 1000; // milliseconds
const inFrame = () => document.activeElement?.tagName === 'IFRAME';
/**
 * Watches for trusted gestures. A click inside a cross-origin frame is invisible to the page, but it moves the focus into
 * the frame and activates the page around it (`navigator.userActivation`, Chrome 72, Firefox 120, Safari 16.4).
 */
export function gestures(now = Date.now) {
    let last = Number.NEGATIVE_INFINITY; // the last gesture that is not spent
    let down = last; // the last press of a button or key
    let any = false;
    let framed = inFrame(); // where the focus was when we last looked
    const heard = guard('gesture', (event) => {
        if (!event.isTrusted)
            return;
        any = true;
        framed = false;
        // A click ends the press it began with; where that press is spent already, it opens no second window. Assistive
        // technology clicks without a press.
        if (event.type !== 'click')
            down = now();
        else if (last < down && now() - down < FRESH)
            return;
        last = now();
    });
    const names = ['pointerdown', 'keydown', 'click'];
    for (const name of names)
        addEventListener(name, heard, { capture: true, passive: true });
    return {
        spend() {
            const entered = inFrame() && !framed && !!navigator.userActivation?.isActive;
            const spent = entered || now() - last < FRESH;
            framed = inFrame();
            last = Number.NEGATIVE_INFINITY;
            return spent;
        },
        seen: () => any || !!navigator.userActivation?.hasBeenActive,
        stop() {
            for (const name of names)
                removeEventListener(name, heard, { capture: true });
        },
    };
}
