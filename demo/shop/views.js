// A page whose views change without a load.
const WORDS = {
  '': 'Jumpers: fell, dale and beck, in four yarns.',
  'size-guide': 'Size guide: measure the chest where it is widest.',
  story: 'Our story: one valley, one mill, about four hundred sheep.',
};
const links = [...document.querySelectorAll('#views a')];
const view = document.getElementById('view');

function show() {
  view.textContent = WORDS[location.pathname.split('/')[3] ?? ''] ?? 'There is no such view.';
  for (const link of links)
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
}
for (const link of links)
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.pathname + location.search);
    show();
  });
addEventListener('popstate', show);
show();
