// What a person can decide, and how it is asked. Views show `decisionBar`; keys call `begin`.
import * as api from './api.js';
import { shortHash, waitingFor } from './format.js';
import { icon } from './icons.js';
import { changed, changedNow, putItem, state, toast } from './state.js';
import { h } from './view.js';

const VERBS = {
  approve: { name: 'Approve', done: 'Approved', key: 'a', field: 'comment', ask: 'A word with it, if you like', required: false, tone: 'good', sign: 'check' },
  rework: { name: 'Rework', done: 'Sent back to work', key: 'r', field: 'comment', ask: 'What should be different? The agent reads exactly this.', required: true, tone: 'back', sign: 'back' },
  reject: { name: 'Reject', done: 'Rejected', key: 'x', field: 'reason', ask: 'Why not? Triage learns from it.', required: true, tone: 'bad', sign: 'cross', sure: 'Rejecting ends this item. Its branch and its journal stay.' },
  answer: { name: 'Answer', done: 'Answered', key: 'a', field: 'text', ask: 'Your answer', required: true, tone: 'good', sign: 'check' },
  steer: { name: 'Tell the agent', done: 'Told', key: null, field: 'text', ask: 'What should it know? It hears exactly this.', required: true, tone: 'back', sign: 'robot' },
  retry: { name: 'Try again', done: 'Queued again', key: null, field: null, tone: '', sign: 'play' },
  cancel: { name: 'Cancel item', done: 'Cancelled', key: null, field: 'reason', ask: 'Why? (may stay empty)', required: false, tone: 'bad', sign: 'cross', sure: 'Cancelling stops what runs and ends this item.' },
};

// One decision is being made at a time; it remembers which commit the person was looking at.
let open = null;

export function verbsFor(item) {
  if (item.status === 'waiting') {
    if (item.waiting_on === 'review') return ['approve', 'rework', 'reject'];
    if (item.waiting_on === 'approval') return ['approve', 'reject'];
    if (item.waiting_on === 'answer') return ['answer', 'reject'];
    return ['retry', 'cancel'];
  }
  if (item.status === 'finished') return item.result === 'done' ? [] : ['retry'];
  return ['triage', 'codegen'].includes(item.stage) ? ['steer', 'cancel'] : ['cancel'];
}

export function begin(item, verb, after = () => {}) {
  if (!item || !verbsFor(item).includes(verb)) return;
  open = { id: item.id, verb, commit: item.change?.commit ?? null, text: '', problem: null, busy: false, after };
  changedNow();
}

export function forgetDecision() {
  open = null;
}

export function decisionBar(item, after = () => {}) {
  if (open?.id === item.id) return form(item);
  if (item.status !== 'waiting') return null;
  return h('div', { class: 'decision', key: 'bar' },
    h('p', { class: 'asks' }, h('b', {}, `Waits for ${waitingFor(item)}. `), item.reason),
    h('div', { class: 'buttons' }, verbsFor(item).map((verb) => {
      const { name, key, tone, sign } = VERBS[verb];
      return h('button', { key: verb, type: 'button', class: `button ${tone} ${verb === 'approve' || verb === 'answer' ? 'main' : ''}`, 'aria-keyshortcuts': key, onclick: () => begin(item, verb, after) }, icon(sign), name, key && h('kbd', { 'aria-hidden': 'true' }, key));
    })));
}

/** What can be done to an item that asks for nothing. */
export function quietActions(item) {
  if (item.status === 'waiting') return null;
  return verbsFor(item).map((verb) => h('button', { key: verb, type: 'button', class: 'button small', onclick: () => begin(item, verb) }, icon(VERBS[verb].sign), VERBS[verb].name));
}

function form(item) {
  const { name, field, ask, required, tone, sure } = VERBS[open.verb];
  const stale = (item.change?.commit ?? null) !== open.commit;
  // Asked anew at every key: a fast hand is ahead of the drawing.
  const ready = () => !open.busy && !stale && (!required || open.text.trim() !== '');
  return h('form', { class: `decision deciding ${tone}`, key: `form ${open.verb}`, onsubmit: (event) => { event.preventDefault(); if (ready()) send(item); } },
    sure && h('p', { class: 'asks' }, sure),
    item.waiting_on === 'answer' && h('p', { class: 'asks' }, h('b', {}, item.reason)),
    open.verb === 'approve' && item.change && h('p', { class: 'asks' }, 'You approve commit ', h('code', {}, shortHash(open.commit)), ` into ${item.change.base}.`),
    stale && h('p', { class: 'asks bad-text', role: 'alert' }, h('b', {}, 'The change is another one by now. '), 'Close this, look again, then decide.'),
    field && h('label', {}, h('span', { class: 'visually-hidden' }, ask), h('textarea', {
      rows: ['rework', 'answer', 'steer'].includes(open.verb) ? 4 : 2, placeholder: ask, use: (el) => { el.focus(); },
      oninput: (event) => { open.text = event.target.value; changed(); },
      onkeydown: (event) => {
        if (event.key === 'Escape') close();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready()) send(item);
      },
    })),
    open.problem && h('p', { class: 'asks bad-text', role: 'alert' }, h('b', {}, open.problem.message), ' ', open.problem.hint),
    h('div', { class: 'buttons' },
      h('button', { type: 'submit', class: `button main ${tone}`, disabled: !ready(), use: (el) => { if (!field) el.focus(); } }, open.busy ? 'Sending' : name, h('kbd', { 'aria-hidden': 'true' }, 'Ctrl ↵')),
      h('button', { type: 'button', class: 'button plain', onclick: close }, 'Back', h('kbd', { 'aria-hidden': 'true' }, 'Esc'))));
}

function close() {
  open = null;
  changedNow();
}

async function send(item) {
  const mine = open;
  const { field, done } = VERBS[mine.verb];
  const text = mine.text.trim();
  mine.busy = true;
  mine.problem = null;
  changed();
  try {
    // The commit goes along, so that nobody approves what they have not seen.
    const commit = mine.verb === 'approve' && mine.commit ? { commit: mine.commit } : {};
    putItem(await api.decide(item.id, mine.verb, { ...commit, ...(field && text ? { [field]: text } : {}) }));
    toast(`${done}: ${item.title || item.id}`, 'good');
    if (open === mine) open = null;
    mine.after(item);
  } catch (problem) {
    mine.busy = false;
    mine.problem = problem;
    if (problem.status === 409) refetch(item.id);
  }
  changed();
}

/** A refusal mostly means that the item went on without this page noticing. */
async function refetch(id) {
  try {
    putItem(await api.getItem(id));
  } catch {
    // The stream will tell, once it is back.
  }
}

export const deciding = () => open !== null && state.items.has(open.id);
