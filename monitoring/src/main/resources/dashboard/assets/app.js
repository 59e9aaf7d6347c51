// Starts everything: the shell around the views, the router, the live connection.
import { floor } from './floor.js';
import { flip } from './flip.js';
import { item } from './item.js';
import { bind } from './keyboard.js';
import { list } from './list.js';
import { review } from './review.js';
import { go, here, onNavigate } from './router.js';
import { cycleTheme, focusSearch, shell, showHelp } from './shell.js';
import { changed, onChange, start, waitingForPerson } from './state.js';
import { mount } from './view.js';

const root = document.getElementById('app');
let shown = { view: null, id: null, leave: null };

function viewAt({ view, id }) {
  if (view === 'items') return id ? item : list;
  if (view === 'review') return review;
  return floor;
}

function enter() {
  const place = here();
  const view = viewAt(place);
  if (view === shown.view && place.id === shown.id) {
    view.moved?.(place);
  } else {
    shown.leave?.();
    shown = { view, id: place.id, leave: null };
    shown.leave = view.enter?.(place) ?? null;
  }
  draw();
}

function draw() {
  const waiting = waitingForPerson().length;
  const render = () => mount(root, shell(shown.view, stream, waiting));
  if (shown.view.animated) flip(root, render);
  else render();
  document.title = `${waiting ? `(${waiting}) ` : ''}${shown.view.name?.() ?? shown.view.title} · Millwright`;
}

bind('Everywhere', {
  'g f': ['Go to the floor', () => go('/')],
  'g i': ['Go to all items', () => go('/items')],
  'g r': ['Go to review', () => go('/review')],
  '/': ['Search', focusSearch],
  t: ['Light, dark or as the system', cycleTheme],
  '?': ['This help', showHelp],
});

onChange(draw);
onNavigate(enter);
const stream = start();
enter();
changed();
