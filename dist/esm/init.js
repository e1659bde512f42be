import { finder, untold, waiting } from './waiting.js';
/** Starts chatstone. Nothing runs before this is called. */
export const init = (setup) => {
    const { find, leave } = finder();
    return waiting(() => untold(setup) || setup.sources.some(find), async (denied) => {
        const whole = (await import('./compose.js')).composed(setup, denied);
        leave();
        return whole;
    }, setup.sources.flatMap(({ wake }) => wake ?? []));
};
