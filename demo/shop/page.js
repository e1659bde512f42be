import { count } from './cart.js';
import { element } from './element.js';
import { kept } from './kept.js';

const root = document.documentElement;

// Colours: the system's, until somebody says otherwise.
const toggle = document.getElementById('theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);
const showTheme = () => toggle.setAttribute('aria-pressed', String(isDark()));
toggle.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  try {
    localStorage.setItem('ravelgarth-theme', root.dataset.theme);
  } catch (error) {
    console.debug('The colours are not kept', error);
  }
  showTheme();
});
systemDark.addEventListener('change', showTheme);
showTheme();

// Basket count
const showCount = () => {
  const pieces = count();
  const badge = document.getElementById('basket-count');
  badge.textContent = pieces || '';
  badge.hidden = !pieces;
};
document.addEventListener('basket', showCount);
addEventListener('storage', showCount);
addEventListener('pageshow', showCount);
showCount();

// "Ask in the chat": the page opens the widget on request, which counts as an opening.
for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => window.chatstone('open'));
}

// With ?consent=manual the shop itself asks, and tells chatstone.
if ((root.dataset.consent ?? window.demoChoices?.consent) === 'manual') {
  const decision = kept('localStorage', 'ravelgarth-consent', null);
  if (decision.get()) window.chatstone('consent', decision.get());
  else askConsent(decision);
}

function askConsent(decision) {
  const decide = (state) => {
    decision.set(state);
    window.chatstone('consent', state);
    banner.remove();
  };
  const banner = element(
    'section',
    { class: 'consent', ariaLabel: 'Consent' },
    element(
      'p',
      {},
      'May we remember the moments of a chat (that it began, that it was answered) on this device, to help you better by e-mail? Never what is said.',
    ),
    element(
      'p',
      { class: 'actions' },
      element('button', { type: 'button', class: 'button', onclick: () => decide('granted') }, 'Yes'),
      element('button', { type: 'button', class: 'button quiet', onclick: () => decide('denied') }, 'No'),
    ),
  );
  document.querySelector('.shop').prepend(banner);
}
