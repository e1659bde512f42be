import { card } from './card.js';
import { products } from './catalogue.js';

document.getElementById('product-list').append(...products.map(card));
