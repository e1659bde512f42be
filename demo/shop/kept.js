/** A JSON value under one storage key; where storage is blocked it lives as long as the page. */
export function kept(area, key, initial) {
  let memory = initial;
  return {
    get() {
      try {
        const text = window[area].getItem(key);
        return text === null ? memory : JSON.parse(text);
      } catch (error) {
        console.debug(`${key} is not readable`, error);
        return memory;
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
