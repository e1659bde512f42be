import { finder, untold, waiting } from './waiting.js';
/** Starts chatstone. Nothing runs before this is called. */
export const init = (setup) => {
    const { find, leave } = finder();
    return waiting(() => untold(setup) || setup.sources.some(find), async () => {
        const whole = (await import('./compose.js')).composed(setup);
        leave();
        return whole;
    }, setup.sources.flatMap(({ wake }) => wake ?? []));
};
