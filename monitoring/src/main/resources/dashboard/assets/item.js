// One item: where it stands, how it came there, what it knows and made.
import { contextView } from './context.js';
import { begin, decisionBar, forgetDecision, quietActions, verbsFor } from './decisions.js';
import { watchDetails } from './details.js';
import { diffView, stepFile } from './diff.js';
import { evidenceView } from './evidence.js';
import { compact, duration, money, words } from './format.js';
import { icon } from './icons.js';
import { bind } from './keyboard.js';
import { ago, empty, loading, outside, priority, statusBadge, trouble } from './parts.js';
import { go, here, itemPath } from './router.js';
import { changed } from './state.js';
import { attemptsView, journey, timelineView } from './timeline.js';
import { transcriptView, watchTranscript } from './transcript.js';
import { h, lazy } from './view.js';

const TABS = ['context', 'change', 'evidence', 'transcript', 'attempts'];

let held = null;
let transcript = null;

export const item = {
  title: 'Item',
  name: () => held?.item?.title ?? 'Item',
  enter({ id }) {
    held = watchDetails(id, ['history', 'context', 'diff', 'evidence']);
    this.moved();
    const letGo = bind('Item', {
      ...Object.fromEntries(TABS.map((tab, index) => [String(index + 1), [`Tab ${words(tab).toLowerCase()}`, () => go(itemPath(id, tab), { replace: true })]])),
      a: ['Approve or answer', () => held.item && begin(held.item, verbsFor(held.item).includes('answer') ? 'answer' : 'approve')],
      r: ['Rework', () => begin(held.item, 'rework')],
      x: ['Reject', () => begin(held.item, 'reject')],
      n: ['Next file', () => stepFile(1)], p: ['Previous file', () => stepFile(-1)],
    });
    return () => {
      letGo();
      held.stop();
      transcript?.stop();
      held = transcript = null;
      forgetDecision();
    };
  },
  moved() {
    const wanted = tab() === 'transcript';
    if (wanted && !transcript) transcript = watchTranscript(held.id);
    if (!wanted && transcript) {
      transcript.stop();
      transcript = null;
    }
  },
  render() {
    const it = held.item;
    if (!it) {
      if (held.problem?.status === 404) return h('div', { class: 'page' }, empty('No such item', 'Nothing here has this id. It may belong to another factory.', h('a', { href: '/', class: 'button' }, 'To the floor')));
      return h('div', { class: 'page' }, held.problem ? trouble(held.problem, held.again) : loading(8));
    }
    return h('div', { class: 'page item' },
      head(it),
      journey(it),
      decisionBar(it),
      h('div', { class: 'item-body' },
        h('section', { class: 'tabbed' },
          h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'About this item' }, TABS.map((name) => tabButton(name, it))),
          h('div', { role: 'tabpanel', id: 'panel', 'aria-labelledby': `tab-${tab()}`, key: tab() }, panel(it))),
        h('aside', { class: 'sheet history', 'aria-label': 'Journal' }, h('h2', {}, 'Journal'), history())));
  },
};

function head(it) {
  const usage = it.usage ?? {};
  return h('header', { class: 'item-head' },
    h('p', { class: 'crumbs' }, h('a', { href: '/' }, 'Floor'), ' / ', h('span', { class: 'id' }, it.id), h('span', { class: 'actions' }, quietActions(it))),
    h('h1', {}, it.title || it.id),
    h('div', { class: 'item-meta' },
      statusBadge(it), priority(it), h('span', { class: 'chip' }, words(it.kind)), h('span', { class: 'repo' }, it.repo),
      it.agent && h('span', { class: 'with-icon' }, icon('robot'), it.agent),
      it.change && h('span', { class: 'with-icon' }, icon('branch'), h('code', {}, it.change.branch)),
      (it.labels ?? []).map((label) => h('span', { key: label, class: 'label' }, label)),
      held.context?.signal?.link ? outside(held.context.signal.link, `Source: ${it.source}`) : it.source && h('span', { class: 'quiet' }, `from ${it.source}`),
      it.change?.pull_request && outside(it.change.pull_request, 'Pull request'),
      h('span', { class: 'quiet' }, 'opened ', ago(it.created_at), ' ago')),
    it.status === 'finished' && it.reason && h('p', { class: 'final' }, it.reason),
    h('dl', { class: 'usage' },
      usage.input_tokens + usage.output_tokens > 0 && [figure('tokens in', compact(usage.input_tokens)), figure('tokens out', compact(usage.output_tokens))],
      usage.cost_usd > 0 && figure('cost', money(usage.cost_usd)), figure('work', duration(usage.seconds)),
      it.change && figure('change', [h('span', { class: 'plus' }, `+${it.change.additions}`), ' ', h('span', { class: 'minus' }, `−${it.change.deletions}`)])));
}

function figure(name, value) {
  return h('div', { key: name, class: 'figure' }, h('dt', {}, name), h('dd', {}, value));
}

function tab() {
  const asked = here().params.get('tab');
  return TABS.includes(asked) ? asked : 'context';
}

function tabButton(name, it) {
  const counts = { change: it.change?.files, evidence: held.evidence?.checks?.length, attempts: it.attempts?.length };
  const current = name === tab();
  return h('button', {
    key: name, type: 'button', role: 'tab', id: `tab-${name}`, 'aria-selected': String(current), 'aria-controls': 'panel', tabindex: current ? 0 : -1,
    onclick: () => go(itemPath(it.id, name), { replace: true }),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
      go(itemPath(it.id, next), { replace: true });
      document.getElementById(`tab-${next}`)?.focus();
    },
  }, words(name), counts[name] > 0 && h('span', { class: 'count' }, counts[name]));
}

function panel(it) {
  const wait = (name, show) => (held.failed[name] ? trouble(held.failed[name], held.again) : held[name] === null ? loading(6) : show(held[name]));
  switch (tab()) {
    case 'change':
      return wait('diff', (diff) => (diff.files.length === 0 ? empty('No change yet', 'Codegen has not handed one over.') : diffView(it.id, diff, held.evidence?.diagnostics, changed)));
    case 'evidence':
      return wait('evidence', (evidence) => h('div', { class: 'sheet' }, evidenceView(evidence, it.change)));
    case 'transcript':
      return transcript ? transcriptView(transcript, it) : loading(8);
    case 'attempts':
      return attemptsView(it);
    default:
      return wait('context', (context) => lazy('context', [context, it], () => contextView(context, it)));
  }
}

function history() {
  if (held.failed.history) return trouble(held.failed.history, held.again);
  return held.history === null ? loading(6) : lazy('timeline', [held.history], () => h('div', {}, timelineView(held.history)));
}
