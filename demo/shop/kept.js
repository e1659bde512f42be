/** A JSON value under one storage key; where storage is blocked it lives as long as the page. Set to null it is `initial`. */
export function kept(area, key, initial) {
  let memory = initial;
  return {
    get() {
      try {
        return JSON.parse(window[area].getItem(key)) ?? structuredClone(initial);
      } catch (error) {
        console.debug(`${key} is not readable`, error);
        return memory ?? structuredClone(initial);
      }
    },
    set(value) {
      memory = value;
      try {
        window[area].setItem(key, JSON.stringify(value));
      } catch (error) {
        console.debug(`${key} is not kept`, error);
      }
    },
  };
}
