// Deliveries as rows: when, from where, what came of it and why. One can be opened to see what was sent.
import * as api from './api.js';
import { fullTime, plural, words } from './format.js';
import { icon } from './icons.js';
import { ago, loading, prose } from './parts.js';
import { itemPath } from './router.js';
import { changed } from './state.js';
import { h } from './view.js';

const MOST_SHOWN = 20000;
const OUTCOMES = {
  work: ['good', 'check', 'Work'],
  said: ['good', 'robot', 'Said to its item'],
  refreshed: ['run', 'search', 'Board looked at'],
  nothing: ['idle', 'dash', 'Nothing'],
  limited: ['back', 'pause', 'Over its limit'],
  failed: ['bad', 'cross', 'Failed'],
};

let open = { id: null, sent: null };

export function deliveryTable(deliveries, replay) {
  return h('div', { class: 'table-holder' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Received', 'Webhook', 'Outcome', 'Why', ''].map((name) => h('th', { scope: 'col' }, name || h('span', { class: 'visually-hidden' }, 'Replay'))))),
    h('tbody', {}, deliveries.map((one) => [row(one, replay), one.id === open.id && sent()]))));
}

function row(one, replay) {
  const [tone, sign, word] = outcome(one);
  return h('tr', { key: one.id },
    h('td', { class: 'num' }, ago(one.received_at, ' ago')),
    h('td', { class: 'hook' },
      h('button', { type: 'button', class: 'row-link', 'aria-expanded': String(one.id === open.id), onclick: () => toggle(one.id) }, icon('chevron'), one.hook),
      h('div', { class: 'id' }, [one.source, one.event].filter(Boolean).join(' · '))),
    h('td', {}, h('span', { class: `status ${tone}` }, icon(sign), word)),
    h('td', { class: 'why' }, h('p', {}, one.rule && h('span', { class: 'chip', title: `rule ${one.rule}` }, one.rule), prose(reason(one))),
      one.items.map((id) => h('a', { key: id, class: 'id', href: itemPath(id) }, id))),
    h('td', {}, h('button', { type: 'button', class: 'button small replay', 'aria-label': `Replay ${one.id}`, onclick: () => replay([one.id]) }, icon('play'), 'Replay')));
}

/** The rule stands beside it already. */
function reason({ reason: said, rule }) {
  if (!said) return 'It waits to be looked at.';
  const own = [`rule ${rule}: `, `rule ${rule} holds; `].find((start) => rule && said.startsWith(start)) ?? '';
  const rest = said.slice(own.length);
  // A name keeps its first letter.
  return /^(an?|board|cannot|item|it|no|the|this)\b/.test(rest) ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest;
}

function outcome(one) {
  if (one.status === 'dead') return ['bad', 'cross', 'Dead letter'];
  if (one.status === 'new') return one.attempts > 0 ? ['back', 'clock', `Tried ${plural(one.attempts, 'time')}`] : ['run', 'clock', 'Waiting'];
  return OUTCOMES[one.verdict] ?? ['idle', 'dash', words(one.verdict)];
}

function sent() {
  return h('tr', { key: `sent ${open.id}`, class: 'sent' }, h('td', { colspan: 5 },
    open.sent === null ? loading(3) : [
      h('p', { class: 'id' }, `${open.id} · ${fullTime(open.sent.delivery.received_at)}`),
      h('pre', { class: 'sent-body', tabindex: '0', 'aria-label': 'What was sent' }, pretty(open.sent.body))]));
}

function pretty(body) {
  let text = body;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // What is no JSON is shown as it came.
  }
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}\n…`;
}

async function toggle(id) {
  open = { id: open.id === id ? null : id, sent: null };
  changed();
  if (open.id === null) return;
  const mine = open;
  try {
    mine.sent = await api.getDelivery(id);
  } catch {
    if (open === mine) open = { id: null, sent: null };
  }
  changed();
}

/** Those that could not prove who sent them: counted, never kept. */
export function refusals(refused) {
  if (!refused?.length) return null;
  return h('section', { class: 'refused', 'aria-label': 'Turned away' },
    h('header', {}, h('h2', {}, 'Turned away'), h('span', { class: 'quiet' }, 'in the last seven days; nothing of them is kept')),
    h('ul', {}, refused.map((one) => h('li', { key: `${one.hook} ${one.reason}` },
      h('b', { class: 'num' }, one.count), ' at ', h('b', {}, one.hook), ': ', words(one.reason).toLowerCase(), h('span', { class: 'quiet' }, ' · last ', ago(one.last_at, ' ago'))))));
}
