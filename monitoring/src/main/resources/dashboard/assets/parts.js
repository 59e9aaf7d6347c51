// Small pieces that several views share.
import { brief, clock, fullTime, plural, resultWord, secondsSince, waitingFor, webAddress, words } from './format.js';
import { icon } from './icons.js';
import { h } from './view.js';

/** A moment, as its age; the exact time is one hover away. */
export function ago(iso, suffix = '') {
  return h('time', { datetime: iso, title: fullTime(iso) }, brief(secondsSince(iso)) + suffix);
}

export function at(iso) {
  return h('time', { datetime: iso, title: fullTime(iso) }, clock(iso));
}

export function statusBadge(item) {
  const word = item.status === 'finished' ? resultWord(item.result) : item.status === 'waiting' ? `Waiting for ${waitingFor(item)}` : words(item.status);
  return h('span', { class: `status ${tone(item)}` }, h('i', { class: 'dot', 'aria-hidden': 'true' }), word);
}

export function tone(item) {
  if (item.status === 'running') return 'run';
  if (item.status === 'waiting') return ['review', 'answer', 'approval', 'budget'].includes(item.waiting_on) ? 'person' : 'idle';
  if (item.status === 'finished') return item.result === 'done' ? 'good' : item.result === 'rejected' || item.result === 'given_up' ? 'bad' : 'idle';
  return 'idle';
}

export function verdictBadge(status) {
  const known = { passed: ['good', 'check'], unproven: ['bad', 'warn'], failed: ['bad', 'cross'], timed_out: ['bad', 'clock'], not_run: ['idle', 'dash'] };
  const [colour, sign] = known[String(status).toLowerCase()] ?? ['idle', 'dash'];
  return h('span', { class: `status ${colour}` }, icon(sign), words(status));
}

/** Said only when it is out of the ordinary. */
export function priority(item) {
  if (item.priority !== 1 && item.priority !== 2) return null;
  return h('span', { class: `priority p${item.priority}`, title: `Priority ${item.priority}` }, `P${item.priority}`);
}

/** Said only when the way was not straight: which attempt of its stage this is, and who sent it back. */
export function attemptBadges(item) {
  const { stage_attempts: attempts, sent_back: sent, sent_back_by: by } = item.progress ?? {};
  return [
    attempts > 1 && h('span', { class: 'attempt', title: `${plural(attempts, 'attempt')} in this stage` }, `#${attempts}`),
    sent > 0 && h('span', { class: 'came-back', title: `Sent back ${plural(sent, 'time')}${by ? `, to here by ${by}` : ''}` }, icon('back'), by ?? sent),
  ];
}

/** A link outside for a web address, plain text for anything else. */
export function outside(url, text = url) {
  const address = webAddress(url);
  if (address === null) return h('span', {}, text);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer', class: 'outside' }, text, icon('link'));
}

export function empty(title, text, action) {
  return h('div', { class: 'empty' },
    h('img', { src: '/assets/logo.svg', alt: '', width: 40, height: 40 }), h('h2', {}, title), h('p', {}, text), action);
}

export function loading(lines = 4) {
  return h('div', { class: 'skeleton', role: 'status', 'aria-label': 'Loading' }, Array.from({ length: lines }, () => h('i', {})));
}

export function trouble(problem, again) {
  return h('div', { class: 'trouble', role: 'alert' }, icon('warn'),
    h('div', {}, h('strong', {}, problem.message), problem.hint && h('p', {}, problem.hint)),
    again && h('button', { type: 'button', class: 'button small', onclick: again }, 'Try again'));
}

export function facts(pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => h('div', { key: name }, h('dt', {}, name), h('dd', {}, value))));
}

/** Text as people write it: what stands between backticks is code. */
export function prose(text) {
  return String(text ?? '').split(/`([^`\n]{1,200})`/).map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));
}

/** A button that saves a file; a failure is said where the button was. */
export function saver(text, save) {
  return h('button', { type: 'button', class: 'button small', onclick: async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await save();
    } catch (problem) {
      button.title = problem.message;
    }
    button.disabled = false;
  } }, text);
}
