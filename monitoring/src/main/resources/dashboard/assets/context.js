// What is known and promised: the signal and the contract's five parts.
import { duration, fullTime, money, percent, plural, shortHash, words } from './format.js';
import { diagnosticsView } from './evidence.js';
import { facts, outside, prose } from './parts.js';
import { h } from './view.js';

export function contractView(contract) {
  if (!contract) return h('p', { class: 'quiet' }, 'Triage has not agreed a contract yet.');
  const boundary = contract.boundary ?? {};
  const limits = [boundary.max_files && plural(boundary.max_files, 'file'), boundary.max_lines && plural(boundary.max_lines, 'line')].filter(Boolean);
  return h('dl', { class: 'contract' },
    part('Task', h('p', { class: 'lines' }, prose(contract.task))),
    part('Boundary', [globs('may change', boundary.allow), globs('must not touch', boundary.deny, 'deny'), limits.length > 0 && h('p', { class: 'quiet' }, `at most ${limits.join(', ')}`)]),
    listOf(contract.environment).length > 0 && part('Environment', h('p', {}, textOf(contract.environment))),
    part('Verification', h('ul', {}, listOf(contract.verification).map((check, index) => h('li', { key: index }, h('code', {}, textOf(check)))))),
    part('Artifact', h('p', {}, words(textOf(contract.artifact)))),
    contract.rationale && part('Why', [findings(contract), confidence(contract.confidence)]),
    contract.forecast && part('Forecast', forecast(contract.forecast)));
}

function part(name, content) {
  return h('div', { key: name }, h('dt', {}, name), h('dd', {}, content));
}

function globs(label, patterns, tone = '') {
  if (!patterns?.length) return null;
  return h('p', { class: `globs ${tone}` }, h('span', { class: 'quiet' }, label, ' '), patterns.map((pattern) => h('code', { key: pattern }, pattern)));
}

/** What triage judged, a row each; what was agreed before it kept them has one sentence. */
function findings(contract) {
  if (!contract.findings?.length) return h('p', { class: 'quiet' }, contract.rationale);
  return h('table', { class: 'findings' }, h('tbody', {}, contract.findings.map((one, index) =>
    h('tr', { key: index }, h('th', { scope: 'row' }, words(one.about)), h('td', {}, h('strong', {}, words(one.value)), ' ', h('span', { class: 'quiet' }, one.why)), h('td', { class: 'number' }, percent(one.confidence))))));
}

function forecast(it) {
  const guess = (one) => [duration(one.seconds), one.cost_usd > 0 && money(one.cost_usd)].filter(Boolean).join(', ');
  return [h('p', {}, `${guess(it.median)}; nine of ten within ${guess(it.at_most)}`),
    h('p', { class: 'quiet' }, `from ${plural(it.samples, 'finished item')}: ${it.likeness}; ${percent(it.landed)} landed`)];
}

function confidence(value) {
  if (value === null || value === undefined) return null;
  return h('p', { class: 'confidence' }, h('meter', { min: 0, max: 1, value: Number(value), 'aria-label': 'confidence' }), h('span', { class: 'quiet' }, `${percent(value)} sure`));
}

const listOf = (value) => (Array.isArray(value) ? value : value ? [value] : []);

/** Later versions may send more than a word here; it is shown rather than hidden. */
function textOf(value) {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(', ') || '–';
  return value.command ?? value.message ?? value.name ?? Object.entries(value).map(([name, part]) => `${words(name)}: ${textOf(part)}`).join(', ');
}

export function contextView(context, item) {
  const signal = context.signal ?? {};
  const author = typeof signal.author === 'object' && signal.author ? signal.author : { name: signal.author, trust: signal.trust };
  return h('div', { class: 'context' },
    h('section', { class: 'sheet' }, h('h2', {}, 'Contract'), contractView(context.contract ?? item.contract)),
    h('div', { class: 'stack' },
      h('section', { class: 'sheet' }, h('h2', {}, 'Signal'),
        facts([['Source', signal.source ?? item.source], ['Key', h('code', {}, signal.key ?? item.signal_key)], ['Author', author.name], ['Trust', author.trust && words(author.trust)], ['Link', (signal.url ?? signal.link) && outside(signal.url ?? signal.link)]]),
        h('h3', {}, signal.title ?? item.title),
        signal.body ? h('pre', { class: 'prose' }, prose(signal.body)) : h('p', { class: 'quiet' }, 'No text came with it.')),
      feedback(context.feedback),
      record('Proposal', context.proposal), record('Documentation', context.docs), record('Aftercare', context.aftercare)));
}

function feedback(given) {
  if (!given?.length) return null;
  return h('section', { class: 'sheet' }, h('h2', {}, 'What was sent back'), given.map(feedbackView));
}

/** One round that was sent back: who sent it, and why, said once. */
export function feedbackView(one, index) {
  const said = one.diagnostics?.some((diagnostic) => diagnostic.message === one.summary);
  return h('div', { key: index, class: 'feedback' }, h('p', {}, h('span', { class: 'chip' }, words(one.from)), ' ', !said && one.summary), diagnosticsView(one.diagnostics));
}

function record(title, value) {
  if (!value || (typeof value === 'object' && Object.keys(value).length === 0)) return null;
  if (typeof value !== 'object') return h('section', { class: 'sheet' }, h('h2', {}, title), h('p', {}, value));
  const { description, ...rest } = value;
  const known = Object.entries(rest).filter(([, part]) => part !== null && part !== '' && !(Array.isArray(part) && part.length === 0));
  return h('section', { class: 'sheet' }, h('h2', {}, title), facts(known.map(([name, part]) => [words(name), factOf(name, part)])),
    description && h('details', { class: 'more' }, h('summary', {}, 'Its text'), h('pre', { class: 'prose' }, prose(description))));
}

function factOf(name, part) {
  if (typeof part === 'boolean') return part ? 'yes' : 'no';
  if (typeof part !== 'string') return textOf(part);
  if (/^https?:/.test(part)) return outside(part);
  if (/^[0-9a-f]{40,64}$/.test(part)) return h('code', { title: part }, shortHash(part));
  return /_until$|_at$/.test(name) ? fullTime(part) : part;
}
