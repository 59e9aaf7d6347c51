// All items, found by the server: for what is finished, far back, or more than the floor can show.
import * as api from './api.js';
import { STAGES, words } from './format.js';
import { icon } from './icons.js';
import { bind } from './keyboard.js';
import { ago, attemptBadges, empty, loading, priority, statusBadge, trouble } from './parts.js';
import { go, here, itemPath } from './router.js';
import { changed, onRejoin, state, watchItems } from './state.js';
import { h } from './view.js';

const FIELDS = ['q', 'status', 'stage', 'repo', 'label'];
const PAGE = 100;
const NEW_ITEM_MS = 1000;

let found = { items: null, cursor: null, problem: null, busy: false };
let asked = 0;
let typing;
let later;

export const list = {
  title: 'Items',
  enter() {
    search();
    const undo = [
      bind('Items', { j: ['Next item', () => step(1)], k: ['Previous item', () => step(-1)] }),
      onRejoin(search),
      // An item nobody has seen before may belong into the list.
      watchItems((item, known) => { if (!known && !(found.items?.length > PAGE)) later ??= setTimeout(search, NEW_ITEM_MS); }),
    ];
    return () => undo.forEach((end) => end());
  },
  moved: search,
  render() {
    const params = here().params;
    return h('div', { class: 'page items' },
      h('header', { class: 'page-head' }, h('h1', {}, 'Items'),
        h('div', { class: 'filters', role: 'search' },
          h('label', { class: 'search' }, icon('search'),
            h('input', { type: 'search', id: 'search', placeholder: 'Search all items', 'aria-label': 'Search all items', autocomplete: 'off', use: (el) => { el.value = params.get('q') ?? ''; }, oninput: typed }), h('kbd', {}, '/')),
          select('status', 'Any status', ['queued', 'running', 'waiting', 'finished'], params),
          select('stage', 'Any stage', STAGES, params))),
      body());
  },
};

function select(field, label, values, params) {
  return h('select', { 'aria-label': label, class: params.get(field) ? 'set' : '', value: params.get(field) ?? '', onchange: (event) => narrow(field, event.target.value) },
    h('option', { value: '' }, label), values.map((value) => h('option', { key: value, value }, words(value))));
}

function body() {
  if (found.problem) return trouble(found.problem, search);
  if (found.items === null) return loading(10);
  if (found.items.length === 0) return empty('Nothing found', 'No item matches. Try fewer words or another status.');
  // What the live stream knows is newer than what the search gave.
  const current = found.items.map((item) => state.items.get(item.id) ?? item);
  return h('div', { class: 'table-holder' },
    h('table', {},
      h('thead', {}, h('tr', {}, ['Item', 'Repository', 'Kind', 'Stage', 'Status', 'Updated'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, current.map((item) => h('tr', { key: item.id },
        h('td', {}, h('div', { class: 'main-cell' }, priority(item), h('a', { href: itemPath(item.id), class: 'row-link' }, item.title || item.id)), h('div', { class: 'id' }, item.id)),
        h('td', { class: 'repo' }, item.repo), h('td', {}, words(item.kind)), h('td', {}, h('div', { class: 'stage-cell' }, words(item.stage), attemptBadges(item))), h('td', {}, statusBadge(item)), h('td', { class: 'num' }, ago(item.updated_at)))))),
    found.cursor && h('button', { type: 'button', class: 'more-button', disabled: found.busy, onclick: more }, found.busy ? 'Loading' : 'Load more'));
}

function query() {
  const params = here().params;
  return Object.fromEntries(FIELDS.map((field) => [field, params.get(field)]).filter(([, value]) => value));
}

async function search() {
  const mine = ++asked;
  clearTimeout(later);
  later = undefined;
  found = { ...found, problem: null };
  try {
    const page = await api.listItems({ ...query(), limit: PAGE });
    if (mine === asked) found = { items: page.items, cursor: page.next_cursor, problem: null, busy: false };
  } catch (problem) {
    if (mine === asked) found = { items: null, cursor: null, problem, busy: false };
  }
  changed();
}

async function more() {
  const mine = asked;
  found.busy = true;
  changed();
  try {
    const page = await api.listItems({ ...query(), limit: PAGE, cursor: found.cursor });
    if (mine === asked) found = { ...found, items: [...found.items, ...page.items], cursor: page.next_cursor, busy: false };
  } catch (problem) {
    found = { ...found, problem, busy: false };
  }
  changed();
}

function narrow(field, value) {
  const params = here().params;
  if (value) params.set(field, value);
  else params.delete(field);
  go(`/items${params.size ? `?${params}` : ''}`, { replace: true });
}

function typed(event) {
  const text = event.target.value;
  clearTimeout(typing);
  typing = setTimeout(() => narrow('q', text.trim()), 200);
}

function step(by) {
  const links = [...document.querySelectorAll('.row-link')];
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}
