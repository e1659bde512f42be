const SIZES = ['XS', 'S', 'M', 'L', 'XL', 'XXL'];
const ONE = ['One size'];

const peat = { name: 'Peat', yarn: '#54433a' };
const lichen = { name: 'Lichen', yarn: '#8c9770' };
const rowan = { name: 'Rowan', yarn: '#a84a2a' };
const oat = { name: 'Oat', yarn: '#d9c8a6' };
const tarn = { name: 'Tarn blue', yarn: '#3f5f73' };
const bracken = { name: 'Bracken', yarn: '#b5762f' };
const slate = { name: 'Slate', yarn: '#5c656b' };
const heather = { name: 'Heather', yarn: '#84637f' };

/** What the shop sells. Prices in whole pounds. */
export const products = [
  {
    id: 'drover',
    name: 'Drover jumper',
    line: 'Lambswool, two-ply, with the old yoke',
    price: 94,
    sizes: SIZES,
    colours: [tarn, rowan, lichen],
    story:
      'Knitted in the round, so there is no seam to chafe under a rucksack. The yoke is the one the drovers wore, nine stitches to the lozenge, and it gets softer for about ten years.',
    facts: ['100 % British lambswool', 'Knitted in one piece', 'Runs true to size', 'Hand wash, dry flat'],
  },
  {
    id: 'haar',
    name: 'Haar rain jacket',
    line: 'Waxed cotton for sideways rain',
    price: 168,
    sizes: SIZES,
    colours: [bracken, lichen, slate],
    story:
      'Named for the sea fog that comes up the valley in May. Six-ounce waxed cotton, a storm flap over the zip, and pockets deep enough for a flask. Re-wax it once a year and it will see you out.',
    facts: [
      'Waxed cotton, 6 oz',
      'Taped shoulder seams',
      'Cut for a jumper beneath',
      'Sponge clean, re-wax yearly',
    ],
  },
  {
    id: 'tarn',
    name: 'Tarn cardigan',
    line: 'Shawl collar, horn buttons',
    price: 118,
    sizes: SIZES,
    colours: [oat, heather, peat],
    story:
      'The one that lives on the back of the kitchen door. A heavy rib, a collar that stands up to draughts and five buttons that you can work with gloves on.',
    facts: [
      'Merino and Shetland',
      'Real horn buttons',
      'Roomy: take your smaller size',
      'Hand wash, dry flat',
    ],
  },
  {
    id: 'corrie',
    name: 'Corrie gilet',
    line: 'Quilted with wool, not plastic',
    price: 102,
    sizes: SIZES,
    colours: [slate, rowan, lichen],
    story:
      'Filled with carded wool off our own fleeces: warm when damp, quiet when you walk, and it goes on the compost at the end.',
    facts: ['Recycled cotton shell', 'Carded wool filling', 'Packs to a loaf of bread', 'Cool machine wash'],
  },
  {
    id: 'lantern',
    name: 'Lantern beanie',
    line: 'Double brim, proper bobble',
    price: 29,
    sizes: ONE,
    colours: [rowan, tarn, oat],
    story: 'Warm ears on a frosty platform. The brim folds twice, and the bobble is sewn on to stay.',
    facts: ['Lambswool', 'Fits 54–62 cm', 'Hand wash'],
  },
  {
    id: 'whin',
    name: 'Whin mittens',
    line: 'Lined, on a cord if you lose things',
    price: 36,
    sizes: ['S', 'M', 'L'],
    colours: [bracken, heather, slate],
    story: 'Two layers, knitted one inside the other, so that snow stays on the outside.',
    facts: ['Shetland outside, merino inside', 'Optional cord', 'Hand wash'],
  },
  {
    id: 'byre',
    name: 'Byre socks',
    line: 'For boots that were bought too large',
    price: 18,
    sizes: ['36–39', '40–43', '44–47'],
    colours: [oat, lichen, tarn],
    story: 'Terry loops at heel and toe, a long rib that stays up. Sold in honest pairs.',
    facts: ['70 % wool, 30 % nylon', 'Reinforced heel and toe', 'Machine wash at 30°'],
  },
  {
    id: 'marl',
    name: 'Marl scarf',
    line: 'Two yarns, two metres',
    price: 44,
    sizes: ONE,
    colours: [heather, lichen, peat],
    story: 'One dark strand and one light, spun together, so that no two are quite alike.',
    facts: ['Lambswool', '200 × 32 cm', 'Hand wash'],
  },
];

export const productOf = (id) => products.find((product) => product.id === id) ?? products[0];

export const skuOf = (product) => `RG-${product.id.toUpperCase()}`;

export const pounds = (amount) => `£${amount.toFixed(2).replace('.00', '')}`;
