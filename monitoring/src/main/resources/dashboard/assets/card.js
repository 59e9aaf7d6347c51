// One item on the floor.
import { brief, needsPerson, secondsSince, waitingFor, words } from './format.js';
import { icon } from './icons.js';
import { ago, attemptBadges, priority, tone } from './parts.js';
import { itemPath, reviewPath } from './router.js';
import { h, lazy } from './view.js';

export function card(item, repoPaused) {
  const { attempt_started_at: begun, stage_since: since } = item.progress ?? {};
  const running = item.status === 'running' && begun;
  const age = brief(secondsSince(running ? begun : since ?? item.created_at));
  return lazy(item.id, [item, age, repoPaused], () =>
    h('li', { class: `card ${tone(item)}`, 'data-flip': item.id },
      h('a', { href: needsPerson(item) ? reviewPath(item.id) : itemPath(item.id), class: 'card-link' },
        h('span', { class: 'card-title' }, item.title || item.id),
        h('span', { class: 'card-meta' }, priority(item), h('span', { class: 'kind' }, words(item.kind)), h('span', { class: 'repo' }, item.repo), h('span', { class: 'age', title: running ? 'running for' : 'here for' }, age)),
        h('span', { class: 'card-state' },
          standing(item, repoPaused),
          attemptBadges(item))),
      item.status === 'running' && h('i', { class: 'working', 'aria-hidden': 'true' })));
}

function standing(item, repoPaused) {
  if (item.status === 'running') return h('span', { class: 'now' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), item.agent && item.stage === 'codegen' ? item.agent : 'running');
  if (item.status === 'waiting') return h('span', { class: 'now' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), needsPerson(item) ? `needs ${words(item.waiting_on).toLowerCase()}` : `waits for ${waitingFor(item)}`);
  return h('span', { class: 'now quiet' }, repoPaused ? 'queued, repository paused' : 'queued');
}

export function finishedRow(item) {
  return lazy(item.id, [item, brief(secondsSince(item.updated_at))], () =>
    h('li', { class: `done-row ${tone(item)}`, 'data-flip': item.id },
      h('a', { href: itemPath(item.id) },
        icon(item.result === 'done' ? 'check' : tone(item) === 'bad' ? 'cross' : 'dash'),
        h('span', { class: 'done-title' }, item.title || item.id),
        h('span', { class: 'repo' }, item.repo),
        h('span', { class: 'result' }, item.result === 'done' ? 'done' : words(item.result).toLowerCase()),
        ago(item.updated_at))));
}
