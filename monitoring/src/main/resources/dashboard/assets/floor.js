// The floor: the whole factory on one page.
import * as api from './api.js';
import { card, finishedRow } from './card.js';
import { STAGES, brief, duration, percent, plural, rate, words } from './format.js';
import { icon } from './icons.js';
import { bind } from './keyboard.js';
import { theLine } from './line.js';
import { ago, empty, loading, trouble } from './parts.js';
import { reviewPath } from './router.js';
import { changed, choices, finished, lanes, refresh, state, toast, waitingForPerson } from './state.js';
import { h } from './view.js';

const SHOWN = 12;
const SHOWN_MORE = 100;
const NEEDS_SHOWN = 4;

const opened = new Set();

export const floor = {
  title: 'Floor',
  animated: true,
  enter() {
    return bind('Floor', {
      j: ['Next card', () => step(0, 1)],
      k: ['Previous card', () => step(0, -1)],
      l: ['Card in the next lane', () => step(1, 0)],
      h: ['Card in the lane before', () => step(-1, 0)],
    });
  },
  render() {
    if (!state.loaded) return h('div', { class: 'page' }, state.problem ? trouble(state.problem, refresh) : loading(8));
    const byStage = lanes();
    const live = [...byStage.values()].flat();
    const nothing = state.items.size === 0;
    return h('div', { class: 'page floor' },
      h('h1', { class: 'visually-hidden' }, 'The floor'),
      needsYou(),
      numbers(),
      h('section', { class: 'works', 'aria-label': 'The line' },
        theLine(state.stages, live),
        h('div', { class: 'lanes' }, state.stages.map((stage) => lane(stage, byStage.get(stage.name))))),
      nothing && empty('The line stands ready', 'Nothing has come in yet. Work arrives from boards, webhooks, watchers, or from you:',
        h('pre', { class: 'command' }, 'millwright submit "Upgrade the JSON library" --repo orders')),
      recently());
  },
};

function needsYou() {
  const waiting = waitingForPerson();
  const verbs = { review: 'Review', answer: 'Answer', approval: 'Approve', budget: 'Budget' };
  return h('section', { class: `needs ${waiting.length ? '' : 'none'}`, 'aria-label': 'Needs you' },
    h('h2', {}, 'Needs you', h('span', { class: 'count' }, waiting.length)),
    waiting.length === 0
      ? h('p', { class: 'quiet' }, 'Nothing waits for a person.')
      : h('ul', {},
        waiting.slice(0, NEEDS_SHOWN).map((item) => h('li', { key: item.id, 'data-flip': `need ${item.id}` },
          h('a', { href: reviewPath(item.id), title: item.reason || null },
            h('span', { class: 'needs-title' }, item.title || item.id),
            h('span', { class: 'needs-meta' }, h('span', { class: 'verb' }, verbs[item.waiting_on]), h('span', { class: 'repo' }, item.repo), ago(item.updated_at))))),
        waiting.length > NEEDS_SHOWN && h('li', { key: 'more', class: 'more' }, h('a', { href: reviewPath() }, `All ${waiting.length}`, icon('chevron')))));
}

function numbers() {
  const summary = state.summary;
  const figure = (name, value) => h('div', { class: 'figure', key: name }, h('dt', {}, name), h('dd', {}, value ?? '–'));
  const pick = (field, label) => h('select', { 'aria-label': label, class: state.filter[field] ? 'set' : '', value: state.filter[field], onchange: (event) => filter(field, event.target.value) },
    h('option', { value: '' }, label), choices(field).map((value) => h('option', { key: value, value }, field === 'kind' ? words(value) : value)));
  const paused = state.pausedRepos.includes(state.filter.repo);
  return h('section', { class: 'numbers', 'aria-label': 'Numbers and filters' },
    h('dl', {},
      figure('running', summary?.items?.running), figure('queued', summary?.items?.queued), figure('waiting', summary?.items?.waiting),
      figure('done last hour', summary?.done_last_hour), figure('accepted', percent(summary?.acceptance_rate)),
      figure('lead time p50', duration(summary?.lead_time_seconds_p50))),
    h('div', { class: 'filters', role: 'search' },
      h('label', { class: 'search' }, icon('search'),
        h('input', { type: 'search', id: 'search', placeholder: 'Filter items', 'aria-label': 'Filter items', autocomplete: 'off', spellcheck: 'false', value: state.filter.text,
          oninput: (event) => filter('text', event.target.value), onkeydown: leave }), h('kbd', {}, '/')),
      pick('repo', 'All repositories'), pick('kind', 'All kinds'),
      state.filter.repo && h('button', { type: 'button', class: 'button small', onclick: () => operate(paused, { repo: state.filter.repo }) }, icon(paused ? 'play' : 'pause'), paused ? 'Resume repository' : 'Pause repository'),
      filtered() && h('button', { type: 'button', class: 'button small plain', onclick: clear }, 'Clear')));
}

function lane(stage, items) {
  const many = opened.has(stage.name);
  const shown = items.slice(0, many ? SHOWN_MORE : SHOWN);
  // Unfiltered, the server's own count holds: this page may know only a part of a very long queue.
  const all = filtered() ? items.length : Math.max(items.length, stage.running + stage.queued + stage.waiting);
  const hidden = all - shown.length;
  return h('section', { key: stage.name, class: `lane ${stage.paused ? 'paused' : ''}`, 'aria-label': words(stage.name) },
    h('header', {},
      h('div', { class: 'lane-name' }, h('h2', {}, words(stage.name)),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': `${stage.paused ? 'Resume' : 'Pause'} ${stage.name}`, title: `${stage.paused ? 'Resume' : 'Pause'} ${stage.name}`, onclick: () => operate(stage.paused, { stage: stage.name }) }, icon(stage.paused ? 'play' : 'pause'))),
      h('div', { class: 'slots-row' }, slots(stage), stage.paused && h('span', { class: 'paused-badge' }, 'paused')),
      h('p', { class: 'load' }, h('b', {}, stage.running), '/', stage.capacity, ' busy', h('span', { class: stage.queued > 0 ? 'queue' : 'queue zero' }, plural(stage.queued, 'queued', 'queued'))),
      h('dl', { class: 'lane-facts' },
        h('div', { title: 'Done in the last hour' }, h('dt', {}, 'last hour'), h('dd', {}, stage.done_last_hour ?? '–')),
        h('div', { title: 'Attempts that passed' }, h('dt', {}, 'pass'), h('dd', { class: passTone(stage) }, percent(rate(stage.passed, stage.failed)))),
        h('div', { title: 'Median time in this stage' }, h('dt', {}, 'p50'), h('dd', {}, brief(stage.lead_time_seconds_p50))))),
    h('ol', { class: 'cards' }, shown.map((item) => card(item, state.pausedRepos.includes(item.repo)))),
    items.length === 0 && h('p', { class: 'lane-empty' }, filtered() ? 'nothing matches' : 'idle'),
    hidden > 0 && !many && items.length > 0 && h('button', { type: 'button', class: 'more-button', onclick: () => open(stage.name) }, `+${hidden} more`),
    hidden > 0 && many && h('a', { class: 'more-button', href: `/items?stage=${stage.name}` }, `All ${all} as a list`),
    many && h('button', { type: 'button', class: 'more-button', onclick: () => open(stage.name) }, 'Show fewer'));
}

function slots(stage) {
  if (stage.capacity > 16) return h('meter', { class: 'slots-meter', min: 0, max: stage.capacity, value: stage.running, 'aria-label': 'capacity used' });
  return h('div', { class: 'slots', 'aria-hidden': 'true' }, Array.from({ length: stage.capacity }, (_, index) => h('i', { class: index < stage.running ? 'used' : '' })));
}

function passTone(stage) {
  const share = rate(stage.passed, stage.failed);
  return share === null ? '' : share < 0.6 ? 'bad-text' : '';
}

function recently() {
  const done = finished();
  if (done.length === 0) return null;
  return h('section', { class: 'recent', 'aria-label': 'Recently finished' },
    h('header', {}, h('h2', {}, 'Recently finished'), h('a', { href: '/items?status=finished' }, 'All finished', icon('chevron'))),
    h('ol', {}, done.slice(0, 12).map(finishedRow)));
}

const filtered = () => Boolean(state.filter.text || state.filter.repo || state.filter.kind);

function filter(field, value) {
  state.filter = { ...state.filter, [field]: value };
  changed();
}

function clear() {
  state.filter = { text: '', repo: '', kind: '' };
  changed();
}

function leave(event) {
  if (event.key !== 'Escape') return;
  filter('text', '');
  event.target.blur();
}

function open(name) {
  if (!opened.delete(name)) opened.add(name);
  changed();
}

async function operate(paused, what) {
  const name = what.stage ? words(what.stage) : what.repo;
  try {
    await (paused ? api.resume(what) : api.pause(what));
    toast(paused ? `${name} takes new work again` : `${name} paused: what runs goes on, nothing new starts`);
    refresh();
  } catch (problem) {
    toast([problem.message, problem.hint].filter(Boolean).join(' '), 'bad');
  }
}

function step(across, down) {
  const columns = [...document.querySelectorAll('.lane')].map((lane) => [...lane.querySelectorAll('.card-link')]);
  let column = columns.findIndex((links) => links.includes(document.activeElement));
  let row = column < 0 ? -1 : columns[column].indexOf(document.activeElement);
  if (column < 0) {
    column = columns.findIndex((links) => links.length > 0);
    row = down < 0 ? 1 : -1;
    across = 0;
    down = down || 1;
  }
  if (column < 0) return;
  for (let next = column + across; across !== 0 && next >= 0 && next < STAGES.length; next += across) {
    if (columns[next].length > 0) {
      column = next;
      break;
    }
  }
  const links = columns[column];
  links[Math.max(0, Math.min(links.length - 1, row + down))]?.focus();
}
