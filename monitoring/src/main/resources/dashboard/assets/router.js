// Addresses are the truth about which view is shown, so that every view can be linked, reloaded and gone back to.

let render = () => {};

export function here() {
  const [, view = '', id = ''] = location.pathname.split('/');
  return { view, id: decode(id), params: new URLSearchParams(location.search) };
}

export function onNavigate(listener) {
  render = listener;
}

export function go(path, { replace = false } = {}) {
  if (path === location.pathname + location.search) return;
  const leaving = location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  render();
  if (leaving !== location.pathname) scrollTo(0, 0);
}

export const itemPath = (id, tab) => `/items/${encodeURIComponent(id)}${tab ? `?tab=${tab}` : ''}`;
export const reviewPath = (id) => `/review${id ? `?item=${encodeURIComponent(id)}` : ''}`;

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener('popstate', () => render());
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || link.target || link.getAttribute('href').startsWith('//')) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});
