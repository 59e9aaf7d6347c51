// What surrounds every view: name, ways to go, connection, banners, notes, help.
import { dialog } from './dialog.js';
import { icon } from './icons.js';
import { bound } from './keyboard.js';
import { go } from './router.js';
import { held as signedIn, keep } from './session.js';
import { changed, changedNow, state, toast } from './state.js';
import { h } from './view.js';

const THEMES = ['system', 'light', 'dark'];

let helping = false;

export function shell(view, stream, waiting) {
  const way = (path, name, current, extra) => h('a', { href: path, 'aria-current': current ? 'page' : null }, name, extra);
  return [
    h('header', { class: 'top' },
      h('a', { href: '/', class: 'brand' }, h('img', { src: '/assets/logo.svg', alt: '', width: 26, height: 26 }), 'Millwright'),
      h('nav', { 'aria-label': 'Views' },
        way('/', 'Floor', view.title === 'Floor'), way('/items', 'Items', view.title === 'Items' || view.title === 'Item'),
        way('/review', 'Review', view.title === 'Review', waiting > 0 && h('span', { class: 'count' }, waiting)),
        way('/intake', 'Intake', view.title === 'Intake')),
      h('div', { class: 'top-right' },
        state.signIn === null && connection(stream),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': `Colours: ${theme()}`, title: `Colours: ${theme()} (t)`, onclick: cycleTheme }, icon('theme')),
        signedIn() && state.signIn === null && h('button', { key: 'out', type: 'button', class: 'button small plain', onclick: signOut }, 'Sign out'),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Keyboard help', title: 'Keyboard (?)', onclick: showHelp }, icon('help')))),
    banners(stream),
    h('main', { id: 'main', tabindex: '-1' }, h('div', { key: view.title, class: 'view' }, view.render())),
    h('div', { class: 'toasts', 'aria-hidden': 'true' }, state.toasts.map((note) => h('p', { key: note.id, class: `toast ${note.tone}` }, note.message))),
    helping && help(),
  ];
}

function connection(stream) {
  const known = { live: ['live', 'Live'], connecting: ['off', 'Connecting'], lost: ['off', 'Reconnecting'] };
  const [tone, word] = known[state.connection];
  return h('span', { class: `connection ${tone}`, role: 'status' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), word,
    state.connection === 'lost' && h('button', { type: 'button', class: 'button small plain', onclick: stream.now }, 'Now'));
}

function banners() {
  return h('div', { class: 'banners' },
    state.sandbox === 'none' && h('p', { key: 'sandbox', class: 'banner bad', role: 'alert' }, icon('warn'), h('span', {},
      h('strong', {}, 'No sandbox. '), 'Agents and checks run with this machine’s full rights. Install bubblewrap, or use this factory only for work you would run yourself.')),
    state.connection === 'lost' && state.signIn === null && h('p', { key: 'lost', class: 'banner', role: 'status' }, h('i', { class: 'spinner', 'aria-hidden': 'true' }), h('span', {},
      h('strong', {}, 'The factory does not answer. '), 'Reconnecting by itself; what you see is how it was.')),
    state.problem && state.loaded && state.connection === 'live' && h('p', { key: 'problem', class: 'banner', role: 'status' }, icon('warn'), state.problem.message),
    state.outdated && h('p', { key: 'version', class: 'banner info', role: 'status' }, h('span', {}, 'The factory was updated.'),
      h('button', { type: 'button', class: 'button small', onclick: () => location.reload() }, 'Load the new dashboard')));
}

/** What this tab has seen goes with the token. */
function signOut() {
  keep(null);
  location.assign('/');
}

export function showHelp() {
  helping = true;
  changedNow();
}

function help() {
  const close = () => {
    helping = false;
    changed();
  };
  return dialog({ label: 'Keyboard', onClose: close },
    h('header', {}, h('h2', {}, 'Keyboard'), h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: close }, icon('cross'))),
    h('div', { class: 'keys' }, [...bound()].map(([group, keys]) => h('section', { key: group }, h('h3', {}, group),
      h('dl', {}, keys.map(({ keys, does }) => h('div', { key: keys }, h('dt', {}, keys.split(' ').map((key) => h('kbd', {}, key))), h('dd', {}, does))))))));
}

export function focusSearch() {
  if (!document.getElementById('search')) go('/');
  const field = document.getElementById('search');
  field?.focus();
  field?.select();
}

function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

export function cycleTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('millwright.theme', next);
  } catch {
    // Not remembered then.
  }
  toast(`Colours: ${next}`);
}
