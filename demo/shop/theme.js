// Classic and first, so that neither the colours nor the room for the live view change after the first paint.
{
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      console.debug('Storage is blocked', error);
      return null;
    }
  };
  const root = document.documentElement;
  addEventListener('storage', ({ key, newValue }) => {
    if (key === 'ravelgarth-theme' && newValue) root.dataset.theme = newValue; // another tab, or the page around a frame
  });
  const theme = read('ravelgarth-theme');
  if (theme) root.dataset.theme = theme;
  // On a wide screen the live view stands open, on a narrow one it waits at the bottom.
  root.dataset.live =
    read('ravelgarth-live') ?? (matchMedia('(min-width: 64rem)').matches ? 'open' : 'closed');
}
