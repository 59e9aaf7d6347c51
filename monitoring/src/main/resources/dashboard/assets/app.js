// Starts everything: the shell around the views, the router, the live connection.
import { floor } from './floor.js';
import { flip } from './flip.js';
import { intake } from './intake.js';
import { item } from './item.js';
import { bind } from './keyboard.js';
import { list } from './list.js';
import { trouble } from './parts.js';
import { review } from './review.js';
import { go, here, onNavigate } from './router.js';
import { cycleTheme, focusSearch, shell, showHelp } from './shell.js';
import { signIn } from './signin.js';
import { changed, onChange, start, state, waitingForPerson } from './state.js';
import { h, mount, unmount } from './view.js';

const root = document.getElementById('app');
const entrance = { title: 'Sign in', render: () => signIn(stream) };
const LONGEST_TITLE = 80;
let shown = { view: null, id: null, leave: null };

function viewAt({ view, id }) {
  if (view === 'items') return id ? item : list;
  if (view === 'review') return review;
  if (view === 'intake') return intake;
  return floor;
}

function enter() {
  const place = here();
  const view = viewAt(place);
  if (view === shown.view && place.id === shown.id) {
    view.moved?.(place);
    draw();
    return;
  }
  const first = shown.view === null;
  shown.leave?.();
  shown = { view, id: place.id, leave: null };
  shown.leave = view.enter?.(place) ?? null;
  draw();
  // Whoever reads with ears or goes by Tab starts at the new view, not where the old one was left.
  if (!first) document.getElementById('main').focus({ preventScroll: true });
}

function broken(failed) {
  return h('div', { class: 'page' }, trouble({ message: 'This view could not be drawn.', hint: failed.message }, () => location.reload()));
}

function draw() {
  const waiting = waitingForPerson().length;
  const view = state.signIn === null ? shown.view : entrance;
  const render = () => {
    try {
      mount(root, shell(view, stream, waiting));
    } catch (failed) {
      // What the server sent was not what this page understands. One view less is better than an empty page.
      console.error(failed);
      unmount(root);
      mount(root, shell({ title: view.title, render: () => broken(failed) }, stream, waiting));
    }
  };
  if (view.animated) flip(root, render);
  else render();
  document.title = `${waiting ? `(${waiting}) ` : ''}${(view.name?.() ?? view.title).slice(0, LONGEST_TITLE)} · Millwright`;
}

bind('Everywhere', {
  'g f': ['Go to the floor', () => go('/')],
  'g i': ['Go to all items', () => go('/items')],
  'g r': ['Go to review', () => go('/review')],
  'g b': ['Go to boards and webhooks', () => go('/intake')],
  '/': ['Search', focusSearch],
  t: ['Light, dark or as the system', cycleTheme],
  '?': ['This help', showHelp],
});

onChange(draw);
onNavigate(enter);
const stream = start();
enter();
changed();
