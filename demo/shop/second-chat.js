// A second widget on the page, without a window of its own: the buttons of the situation are its window.
import { widgets } from '../widgets/index.js';
import { widget } from './choices.js';

const name = widget === 'intercom' ? 'crisp' : 'intercom';
const { install } = await import(`/widgets/${name}.js`);
const fake = install(window);
document.getElementById('second-name').textContent = `The second widget is ${widgets[name].title}.`;

let lines = 0;
document.addEventListener('second-open', () => fake.open());
document.addEventListener('second-write', () => fake.visitor(`Where is my order? (${++lines})`));
document.addEventListener('second-reply', () => fake.agent('I look it up.'));
