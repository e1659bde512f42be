import { json } from './json.js';
import { say } from './say.js';
/**
 * Options that hold one value or several, each as a list of words. What is none of the defaults' names, is empty or does not
 * fit is said, and keeps its default.
 */
export function several(place, given, defaults, fits) {
    const words = (values) => [values].flat().map((one) => `${one}`);
    const chosen = {};
    for (const [name, values] of Object.entries(defaults))
        chosen[name] = words(values);
    for (const [name, values] of Object.entries(given ?? {})) {
        const list = words(values);
        if (chosen[name] && list[0] && list.every((one) => fits.test(one)))
            chosen[name] = list;
        else
            say(`${place}: write ${json(defaults)}, or others of that kind`);
    }
    return chosen;
}
