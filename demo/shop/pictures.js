// Product pictures as inline SVG. A garment takes its colour from --yarn, so a swatch is one custom property.
// Pattern ids must differ between pictures on one page: a fill by url(#id) takes the first one in the document.
let made = 0;

/** The picture of a product as SVG markup. */
export function picture(product, { label = product.name } = {}) {
  const id = `p${++made}`;
  const of = (pattern) => `url(#${id}-${pattern})`;
  return `
<svg class="garment" viewBox="0 0 400 440" role="img" aria-label="${label}" style="--yarn:${product.colours[0].yarn}">
  <defs>
    <pattern id="${id}-knit" width="11" height="10" patternUnits="userSpaceOnUse">
      <path d="M0 1 5.5 7 11 1" class="stitch"/>
    </pattern>
    <pattern id="${id}-rib" width="9" height="9" patternUnits="userSpaceOnUse">
      <path d="M4.5 0V9" class="stitch"/>
    </pattern>
    <pattern id="${id}-weave" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(28)">
      <path d="M0 3.5H7" class="stitch thin"/>
    </pattern>
    <pattern id="${id}-yoke" width="26" height="46" patternUnits="userSpaceOnUse" x="5" y="128">
      <path d="M13 7 22 23 13 39 4 23Z" class="pale"/>
      <path d="M13 15 18 23 13 31 8 23Z" class="deep"/>
      <path d="M0 1.5H26M0 44.5H26" class="pale-line"/>
      <circle cx="0" cy="9" r="2.2" class="pale"/><circle cx="26" cy="9" r="2.2" class="pale"/>
      <circle cx="0" cy="37" r="2.2" class="pale"/><circle cx="26" cy="37" r="2.2" class="pale"/>
    </pattern>
    <linearGradient id="${id}-fold" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#000" stop-opacity=".2"/><stop offset=".22" stop-color="#000" stop-opacity="0"/>
      <stop offset=".55" stop-color="#fff" stop-opacity=".1"/><stop offset=".8" stop-color="#000" stop-opacity="0"/>
      <stop offset="1" stop-color="#000" stop-opacity=".24"/>
    </linearGradient>
  </defs>
  ${garments[product.id](of)}
</svg>`;
}

const shadow = (y, width) => `<ellipse cx="200" cy="${y}" rx="${width}" ry="9" class="ground"/>`;

// Each layer of cloth is drawn three times: colour, texture, fold.
const cloth = (d, texture, fold) =>
  `<path d="${d}" class="yarn"/><path d="${d}" fill="${texture}"/>${fold ? `<path d="${d}" fill="${fold}"/>` : ''}`;
const mirrored = (svg) => `${svg}<g transform="matrix(-1 0 0 1 400 0)">${svg}</g>`;

const garments = {
  drover(of) {
    const body = 'M148 92C170 120 230 120 252 92L306 118C318 160 310 250 308 356H92C90 250 82 160 94 118Z';
    const sleeve = 'M100 115C74 126 64 160 57 214L38 330 82 340 104 236C108 196 106 150 100 115Z';
    return `${shadow(404, 118)}
      ${mirrored(`${cloth(sleeve, of('knit'), of('fold'))}${cloth('M37 328 83 338 78 366 34 357Z', of('rib'))}<path d="M37 328 83 338" class="seam"/>`)}
      ${cloth(body, of('knit'))}
      <path d="M91 130H309V174H91Z" fill="${of('yoke')}"/>
      <path d="${body}" fill="${of('fold')}"/>
      <path d="M92 356H308L304 390H96Z" class="yarn"/><path d="M92 356H308L304 390H96Z" fill="${of('rib')}"/>
      <path d="M92 356H308M100 118C106 160 104 220 96 300M300 118C294 160 296 220 304 300" class="seam"/>
      <path d="M146 92C150 74 176 68 200 68S250 74 254 92C236 124 164 124 146 92Z" class="yarn"/>
      <path d="M146 92C150 74 176 68 200 68S250 74 254 92C236 124 164 124 146 92Z" fill="${of('rib')}"/>
      <path d="M158 88C164 78 182 75 200 75S236 78 242 88C228 104 172 104 158 88Z" class="dark"/>`;
  },
  haar(of) {
    const body = 'M150 96 96 120C86 180 88 280 86 372H314C312 280 314 180 304 120L250 96Z';
    const sleeve = 'M102 117C72 132 62 176 55 232L40 336 86 345 108 240Z';
    const hood = 'M138 100C132 52 164 30 200 30S268 52 262 100C240 122 160 122 138 100Z';
    return `${shadow(402, 122)}
      ${mirrored(`${cloth(sleeve, of('weave'), of('fold'))}<path d="M41 326 88 335 85 352 38 343Z" class="deep"/>`)}
      ${cloth(body, of('weave'), of('fold'))}
      <path d="M86 372H314V388H86Z" class="deep"/>
      ${cloth(hood, of('weave'), of('fold'))}
      <path d="M154 96C150 64 172 48 200 48S250 64 246 96C230 112 170 112 154 96Z" class="dark"/>
      <path d="M188 106H214V386H188Z" class="yarn"/><path d="M188 106H214V386H188Z" class="veil"/>
      <path d="M188 108V386M214 108V386M104 122C112 160 110 230 104 300M296 122C288 160 290 230 296 300" class="seam"/>
      <circle cx="201" cy="138" r="5" class="metal"/><circle cx="201" cy="194" r="5" class="metal"/>
      <circle cx="201" cy="250" r="5" class="metal"/><circle cx="201" cy="306" r="5" class="metal"/><circle cx="201" cy="358" r="5" class="metal"/>
      <path d="M108 276H172V284L168 344H112Z" class="yarn edge"/><path d="M106 268H174V288L140 296 106 288Z" class="deep"/>
      <path d="M228 276H292L288 344H232V284Z" class="yarn edge"/><path d="M226 268H294V288L260 296 226 288Z" class="deep"/>
      <path d="M176 112 170 168M226 112 232 168" class="cord"/><circle cx="170" cy="170" r="4" class="metal"/><circle cx="232" cy="170" r="4" class="metal"/>`;
  },
  tarn(of) {
    const left = 'M152 78 98 112C84 170 88 270 88 360H204V232Z';
    const right = 'M248 78 302 112C316 170 312 270 312 360H196V232Z';
    const sleeve = 'M102 110C74 124 64 166 58 220L42 330 84 339 106 238Z';
    return `${shadow(404, 118)}
      <path d="M152 78H248L204 240H198Z" class="dark"/>
      <path d="M160 76C176 90 224 90 240 76L236 66H164Z" class="deep"/>
      ${mirrored(`${cloth(sleeve, of('rib'), of('fold'))}${cloth('M41 328 85 337 80 364 37 355Z', of('rib'))}<path d="M41 328 85 337" class="seam"/>`)}
      ${cloth(right, of('rib'), of('fold'))}${cloth(left, of('rib'), of('fold'))}
      <path d="M88 358H312L308 390H92Z" class="yarn"/><path d="M88 358H312L308 390H92Z" fill="${of('rib')}"/><path d="M88 358H312" class="seam"/>
      <path d="M158 66C130 82 136 120 152 154L196 252 208 236 172 148C160 116 164 96 176 80Z" class="yarn"/>
      <path d="M242 66C270 82 264 120 248 154L204 252 192 236 228 148C240 116 236 96 224 80Z" class="yarn"/>
      <path d="M158 66C130 82 136 120 152 154L196 252 208 236 172 148C160 116 164 96 176 80ZM242 66C270 82 264 120 248 154L204 252 192 236 228 148C240 116 236 96 224 80Z" class="veil"/>
      <path d="M190 244H212V390H190Z" class="yarn"/><path d="M190 244H212V390H190Z" class="veil"/>
      <path d="M190 244V390M212 244V390" class="seam"/>
      ${[262, 290, 318, 346, 374].map((y) => `<circle cx="201" cy="${y}" r="6.5" class="horn"/><circle cx="201" cy="${y}" r="2" class="eye"/>`).join('')}
      <path d="M106 276H166V336H106ZM234 276H294V336H234Z" class="pocket"/><path d="M106 284H166M234 284H294" class="seam"/>`;
  },
  corrie(of) {
    const body =
      'M152 92 110 106C120 150 116 184 92 206 90 260 88 320 90 384H310C312 320 310 260 308 206 284 184 280 150 290 106L248 92Z';
    const rows = [150, 188, 226, 264, 302, 340];
    return `${shadow(402, 120)}
      ${cloth(body, of('weave'), of('fold'))}
      ${rows.map((y, row) => `<path d="M${[118, 104, 92, 90, 89, 89][row]} ${y}C140 ${y + 9} 170 ${y + 9} 200 ${y + 3}S260 ${y + 9} ${[282, 296, 308, 310, 311, 311][row]} ${y}" class="quilt"/>`).join('')}
      <path d="M90 372H310V390H90Z" class="deep"/>
      <path d="M146 96C144 70 162 58 200 58S256 70 254 96C236 108 164 108 146 96Z" class="yarn"/>
      <path d="M146 96C144 70 162 58 200 58S256 70 254 96C236 108 164 108 146 96Z" class="veil"/>
      <path d="M160 76C170 68 186 66 200 66S230 68 240 76C228 86 172 86 160 76Z" class="dark"/>
      <path d="M200 100V388" class="zip"/><path d="M196 120H204V138H196Z" class="metal"/>
      <path d="M110 106C120 150 116 184 92 206M290 106C280 150 284 184 308 206" class="edge-line"/>
      <path d="M120 290 152 322M280 290 248 322" class="pocket-line"/>
      <path d="M232 168H268V190H232Z" class="patch"/>`;
  },
  lantern(of) {
    const crown = 'M86 306C76 176 128 104 200 104S324 176 314 306Z';
    const brim = 'M74 296C116 282 284 282 326 296L322 372C280 386 120 386 78 372Z';
    const strands = Array.from({ length: 26 }, (_, turn) => {
      const angle = (turn / 26) * Math.PI * 2;
      const at = (radius) =>
        `${(200 + Math.cos(angle) * radius).toFixed(1)} ${(84 + Math.sin(angle) * radius).toFixed(1)}`;
      return `M${at(20)}L${at(44 + (turn % 3) * 4)}`;
    }).join('');
    return `${shadow(398, 128)}
      ${cloth(crown, of('knit'), of('fold'))}
      <path d="M200 108C150 150 140 230 142 300M200 108C250 150 260 230 258 300M200 108V300" class="seam soft"/>
      ${cloth(brim, of('rib'), of('fold'))}<path d="M74 296C116 282 284 282 326 296" class="seam"/>
      <circle cx="200" cy="84" r="42" class="pale"/><path d="${strands}" class="bobble"/>
      <path d="M262 322H296V350H262Z" class="patch"/>`;
  },
  whin(of) {
    const hand =
      'M74 300C66 220 62 150 84 116 104 86 150 84 168 118 176 136 178 164 178 182 190 168 204 158 214 168 226 182 212 206 184 240L178 300Z';
    const one = `${cloth(hand, of('knit'), of('fold'))}
      <path d="M72 298H180L178 368H76Z" class="yarn"/><path d="M72 298H180L178 368H76Z" fill="${of('rib')}"/><path d="M72 298H180" class="seam"/>
      <path d="M78 252H183M77 262H181" class="pale-line"/>`;
    return `${shadow(392, 140)}
      <path d="M118 370C130 424 250 424 282 364" class="cord"/>
      <g transform="translate(-6 8) rotate(-6 130 240)">${one}</g>
      <g transform="matrix(-1 0 0 1 404 -6) rotate(-8 130 240)">${one}</g>`;
  },
  byre(of) {
    const sock =
      'M120 60H206V236C206 262 222 276 250 292L304 322C330 338 326 376 292 380 240 386 190 366 156 340 130 320 120 300 120 262Z';
    return `${shadow(398, 130)}
      <g transform="translate(34 -18)" opacity=".82">${cloth(sock, of('knit'), of('fold'))}<path d="${sock}" class="veil"/></g>
      <g transform="translate(-24 10)">${cloth(sock, of('knit'), of('fold'))}
        <path d="M120 264C124 300 136 324 158 341L190 300C176 286 170 268 168 250Z" class="deep"/>
        <path d="M262 299 304 322C330 338 326 376 292 380 280 381 268 381 256 379Z" class="deep"/>
        <path d="M118 56H208V112H118Z" class="yarn"/><path d="M118 56H208V112H118Z" fill="${of('rib')}"/>
        <path d="M120 124H206M120 136H206" class="pale-line"/><path d="M118 112H208" class="seam"/></g>`;
  },
  marl(of) {
    const back = 'M104 120C110 66 160 44 200 44S290 66 296 120C296 168 258 184 200 184S104 168 104 120Z';
    const loop = 'M92 132C96 96 140 150 200 152S304 96 308 132C312 184 262 214 200 214S88 184 92 132Z';
    return `${shadow(420, 100)}
      <path d="${back}" class="deep"/><path d="${back}" fill="${of('knit')}"/>
      <path d="M132 106C150 82 172 76 200 76S250 82 268 106C262 140 240 152 200 152S138 140 132 106Z" class="hollow"/>
      <g>${cloth('M212 190 276 176 296 372 228 380Z', of('knit'), of('fold'))}<path d="M227 360 294 352M226 346 292 338M219 262 283 252" class="pale-line"/>${fringe(230, 379, 294, 372)}</g>
      <g>${cloth('M118 178 190 190 172 392 104 384Z', of('knit'), of('fold'))}<path d="M107 362 175 370M108 348 176 356M113 252 185 262" class="pale-line"/>${fringe(106, 385, 171, 391)}</g>
      ${cloth(loop, of('knit'), of('fold'))}
      <path d="M92 132C96 96 140 150 200 152S304 96 308 132" class="seam"/>
      <path d="M110 160C140 186 180 190 206 186M300 168C270 192 236 200 206 198" class="seam soft"/>`;
  },
};

function fringe(x1, y1, x2, y2) {
  const threads = Array.from({ length: 10 }, (_, thread) => {
    const part = thread / 9;
    const x = x1 + (x2 - x1) * part;
    const y = y1 + (y2 - y1) * part;
    return `M${x.toFixed(1)} ${y.toFixed(1)}l${thread % 2 ? 1.5 : -1.5} 24`;
  });
  return `<path d="${threads.join('')}" class="fringe"/>`;
}
