// The journal of one item, as a person reads it, and its attempts side by side.
import { STAGES, duration, secondsBetween, shortHash, snake, words } from './format.js';
import { icon } from './icons.js';
import { at, prose } from './parts.js';
import { h } from './view.js';

// What an attempt's outcome and a person's decision look like, and how they read after a name.
const OUTCOMES = {
  advance: ['good', 'check', 'done'], send_back: ['back', 'back', 'sent it back'], wait: ['person', 'clock', 'waits'], retry: ['back', 'back', 'tries again'],
  give_up: ['bad', 'cross', 'gave up'], split: ['person', 'branch', 'split it'], drop: ['idle', 'dash', 'dropped it'],
};
const DECISIONS = {
  approve: ['good', 'check', 'Approved'], rework: ['back', 'back', 'Sent back to work'], reject: ['bad', 'cross', 'Rejected'],
  answer: ['good', 'check', 'Answered'], cancel: ['bad', 'cross', 'Cancelled'], retry: ['run', 'play', 'Queued again'],
};

export function timelineView(events) {
  if (events.length === 0) return h('p', { class: 'quiet' }, 'The journal has nothing on this item yet.');
  return h('ol', { class: 'timeline' }, [...events].reverse().map((event) => {
    const { tone, sign, name, text } = reading(event);
    return h('li', { key: event.seq, class: tone },
      h('span', { class: 'bead' }, icon(sign)),
      h('div', {},
        h('p', { class: 'event' }, h('b', {}, name), at(event.at)),
        text && h('p', { class: 'summary' }, prose(text)),
        h('p', { class: 'trace' }, h('code', { title: `Event ${event.seq}, hash ${event.hash}` }, `${event.seq} ${snake(event.event)} ${shortHash(event.hash)}`))));
  }));
}

/** An event as a person reads it; its wire name stands below it. */
function reading(event) {
  const stage = words(event.stage);
  const [, first, rest] = /^(\w+)(?:: | )?(.*)$/s.exec(event.summary ?? '') ?? [null, '', ''];
  switch (snake(event.event)) {
    case 'attempt_started': return { tone: 'run', sign: 'play', name: `${stage} started` };
    case 'attempt_ended': {
      const [tone, sign, verb] = OUTCOMES[first] ?? ['', 'chevron', 'ended'];
      return { tone, sign, name: `${stage} ${verb}`, text: rest };
    }
    case 'attempt_lost': return { tone: 'bad', sign: 'warn', name: `${stage} was lost`, text: event.summary };
    case 'decision_made': {
      const [tone, sign, name] = DECISIONS[first] ?? ['', 'chevron', words(first)];
      return { tone, sign, name, text: rest };
    }
    case 'signal_received': return { tone: '', sign: 'chevron', name: 'Signal received', text: event.summary };
    case 'wait_ended': return { tone: 'run', sign: 'clock', name: 'The wait is over' };
    default: return { tone: /refused/.test(event.event) ? 'bad' : '', sign: 'chevron', name: words(event.event), text: event.summary };
  }
}

/** Where the item stands on its way, with the attempts each stage took. */
export function journey(item) {
  const here = STAGES.indexOf(item.stage);
  return h('ol', { class: 'journey', 'aria-label': 'Journey' }, STAGES.map((stage, index) => {
    const attempts = (item.attempts ?? []).filter((attempt) => attempt.stage === stage);
    const current = index === here && item.status !== 'finished';
    const passed = item.status === 'finished' && item.result === 'done' ? attempts.length > 0 : index < here;
    const spent = attempts.reduce((sum, one) => sum + (secondsBetween(one.started_at, one.ended_at ?? new Date().toISOString()) ?? 0), 0);
    return h('li', { key: stage, class: current ? `current ${item.status}` : passed ? 'passed' : 'ahead', 'aria-current': current ? 'step' : null },
      h('span', { class: 'step' }, words(stage)),
      h('span', { class: 'pips', 'aria-hidden': 'true' }, attempts.slice(-8).map((attempt) => h('i', { class: outcomeTone(attempt) }))),
      h('span', { class: 'spent' }, attempts.length === 0 ? ' ' : `${attempts.length > 1 ? `${attempts.length} attempts, ` : ''}${duration(spent)}`));
  }));
}

export function outcomeTone(attempt) {
  if (!attempt.ended_at) return 'run';
  const outcome = snake(attempt.outcome);
  if (outcome === 'advance' || outcome === 'done') return 'good';
  if (outcome === 'send_back' || outcome === 'retry') return 'back';
  if (outcome === 'wait' || outcome === 'split') return 'person';
  return 'bad';
}

export function attemptsView(item) {
  const attempts = item.attempts ?? [];
  if (attempts.length === 0) return h('p', { class: 'quiet pad' }, 'No stage has worked on it yet.');
  const first = Date.parse(attempts[0].started_at);
  const last = Math.max(...attempts.map((one) => Date.parse(one.ended_at ?? new Date().toISOString())));
  const share = (iso) => `${(100 * (Date.parse(iso) - first)) / Math.max(1, last - first)}%`;
  return h('div', { class: 'table-holder' }, h('table', { class: 'attempts' },
    h('thead', {}, h('tr', {}, ['Stage', 'Gen.', 'Started', 'Took', 'When', 'Outcome'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, attempts.map((one, index) => {
      const end = one.ended_at ?? new Date().toISOString();
      return h('tr', { key: index },
        h('td', {}, words(one.stage)), h('td', { class: 'num' }, one.generation), h('td', { class: 'num' }, at(one.started_at)), h('td', { class: 'num' }, duration(secondsBetween(one.started_at, end))),
        h('td', { class: 'when' }, h('i', { class: outcomeTone(one), style: { left: share(one.started_at), width: `calc(${share(end)} - ${share(one.started_at)})` } })),
        h('td', { class: 'why' }, h('span', { class: `status ${outcomeTone(one)}` }, h('i', { class: 'dot' }), one.ended_at ? words(one.outcome) : 'Running'), one.reason && h('span', { class: 'reason' }, one.reason)));
    }))));
}
