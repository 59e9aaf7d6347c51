// Evidence: which checks ran on exactly which commit, and what they said.
import { duration, plural, shortHash, words } from './format.js';
import { icon } from './icons.js';
import { empty, verdictBadge } from './parts.js';
import { h } from './view.js';

export function evidenceView(evidence, change, { small = false } = {}) {
  if (!evidence || !(evidence.verdict || evidence.checks?.length || evidence.diagnostics?.length)) {
    return small ? h('p', { class: 'quiet' }, 'No checks have run yet.') : empty('No evidence yet', 'It appears once validation has run the checks on a commit.');
  }
  const other = change?.commit && evidence.commit && change.commit !== evidence.commit;
  return h('div', { class: 'evidence' },
    h('p', { class: `bound ${other ? 'void' : ''}` },
      evidence.verdict && verdictBadge(evidence.verdict), ' on commit ', h('code', { title: evidence.commit }, shortHash(evidence.commit)),
      other && h('strong', {}, ' The change is at ', h('code', {}, shortHash(change.commit)), ' by now: this evidence is void.')),
    evidence.verdict === 'unproven' && h('p', { class: 'bound unproven', role: 'note' }, h('strong', {}, 'Nothing is proven.'), ' No check and no test that passed speaks for this change: read it as if nobody had tried it.'),
    h('ul', { class: 'checks' }, (evidence.checks ?? []).map((check) => h('li', { key: check.name, class: check.status },
      h('div', { class: 'check-head' }, verdictBadge(check.status), h('b', {}, check.name), h('span', { class: 'num' }, duration(check.seconds))),
      check.command && h('code', { class: 'check-command' }, check.command),
      check.tests > 0 && h('p', { class: 'tests' }, tests(check)),
      check.summary && !(check.status === 'passed' && check.tests > 0) && h('p', { class: 'check-summary' }, check.summary)))),
    diagnosticsView(evidence.diagnostics));
}

/** What other agents made of the same contract, and why it was not chosen. */
export function othersView(item) {
  const others = item.change?.others ?? [];
  return others.length > 0 && h('section', { class: 'others' }, h('h3', {}, 'Not chosen'), h('ul', { class: 'checks' }, others.map((other) =>
    h('li', { key: other.number }, h('b', {}, other.agent), h('p', { class: 'check-summary' }, other.outcome),
      other.diff && h('a', { href: `/api/v1/items/${encodeURIComponent(item.id)}/diff?other=${other.number}`, target: '_blank', rel: 'noopener' }, 'Its diff')))));
}

export function diagnosticsView(diagnostics) {
  if (!diagnostics?.length) return null;
  return h('ol', { class: 'diagnostics' }, diagnostics.map((one, index) => h('li', { key: index, class: one.severity },
    icon(one.severity === 'error' ? 'cross' : 'warn'),
    h('div', {}, h('p', {}, one.message), h('p', { class: 'quiet' }, words(one.source), one.file && [' · ', h('code', {}, one.line ? `${one.file}:${one.line}` : one.file)])))));
}

function tests(check) {
  const failed = check.failures > 0 && h('b', { class: 'bad-text' }, plural(check.failures, 'failure'));
  return [plural(check.tests, 'test'), failed && [', ', failed], check.skipped > 0 && `, ${check.skipped} skipped`];
}
