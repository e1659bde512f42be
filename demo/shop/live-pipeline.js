import { element } from './element.js';

/** From the page over the device to where it is delivered, with the counts at each. */
export function pipeline(end, unit) {
  const told = station('Page', 'signals');
  const waiting = station('Device', 'waiting');
  const arrived = station(end, unit);
  const line = () => element('span', { class: 'line', ariaHidden: 'true' });
  const last = line();
  const strip = element(
    'div',
    { class: 'pipeline' },
    told.element,
    line(),
    waiting.element,
    last,
    arrived.element,
  );

  return {
    element: strip,
    show(counts) {
      told.show(counts.told);
      waiting.show(counts.waiting);
      arrived.show(counts.arrived);
      strip.dataset.waiting = counts.waiting > 0;
    },
    /** @param name `fine`, `unreachable`, or the status that is answered */
    weather(name) {
      last.dataset.weather = name;
    },
  };
}

function station(name, unit) {
  const number = element('b', {}, '0');
  return {
    element: element(
      'div',
      { class: 'station' },
      element('span', {}, name),
      number,
      element('small', {}, unit),
    ),
    show(count) {
      number.textContent = count;
    },
  };
}
