// Review: everything that waits for a person, one after the other, with what is needed to decide side by side.
import { contractView, feedbackView } from './context.js';
import { begin, decisionBar, forgetDecision, verbsFor } from './decisions.js';
import { watchDetails } from './details.js';
import { diffView, stepFile } from './diff.js';
import { evidenceView, othersView } from './evidence.js';
import { money, needsPerson, words } from './format.js';
import { icon } from './icons.js';
import { bind } from './keyboard.js';
import { ago, empty, loading, outside, priority, trouble } from './parts.js';
import { go, here, itemPath, reviewPath } from './router.js';
import { changed, refresh, state, waitingForPerson } from './state.js';
import { h } from './view.js';

let held = null;

export const review = {
  title: 'Review',
  enter() {
    const letGo = bind('Review', {
      j: ['Next in the queue', () => step(1)],
      k: ['Previous in the queue', () => step(-1)],
      a: ['Approve, or answer', () => decide('approve')],
      r: ['Rework with a comment', () => decide('rework')],
      x: ['Reject with a reason', () => decide('reject')],
      n: ['Next file', () => stepFile(1)],
      p: ['Previous file', () => stepFile(-1)],
      o: ['Open the whole item', () => held && go(itemPath(held.id))],
    });
    return () => {
      letGo();
      forgetDecision();
      held?.stop();
      held = null;
    };
  },
  render() {
    if (!state.loaded) return h('div', { class: 'page' }, state.problem ? trouble(state.problem, refresh) : loading(8));
    const queue = waitingForPerson();
    const id = here().params.get('item') || queue[0]?.id;
    if (!id) return h('div', { class: 'page' }, h('h1', { class: 'visually-hidden' }, 'Review'), empty('Nothing waits for you', 'Changes appear here as soon as the line has proved them. The factory works on.', h('a', { href: '/', class: 'button' }, 'Watch the floor')));
    // What is shown stays, even when something more urgent arrives at the head of the queue.
    if (!here().params.get('item')) history.replaceState(null, '', reviewPath(id));
    if (held?.id !== id) {
      held?.stop();
      forgetDecision();
      held = watchDetails(id, ['context', 'diff', 'evidence']);
    }
    return h('div', { class: 'review' },
      h('h1', { class: 'visually-hidden' }, 'Review'),
      queueView(queue, id),
      subject(queue));
  },
};

function queueView(queue, current) {
  return h('nav', { class: 'queue-list', 'aria-label': 'Waiting for a person' },
    h('header', {}, h('h2', {}, 'Waiting'), h('span', { class: 'count' }, queue.length), h('span', { class: 'hint' }, h('kbd', {}, 'j'), h('kbd', {}, 'k'))),
    h('ol', {}, queue.map((item) => h('li', { key: item.id },
      h('a', { href: reviewPath(item.id), 'aria-current': item.id === current ? 'true' : null },
        h('span', { class: 'queue-title' }, item.title || item.id),
        h('span', { class: 'queue-meta' }, priority(item), h('span', { class: 'verb' }, words(item.waiting_on)), item.repo,
          item.change && h('span', {}, h('span', { class: 'plus' }, `+${item.change.additions}`), ' ', h('span', { class: 'minus' }, `−${item.change.deletions}`)),
          ago(item.updated_at)))))));
}

function subject(queue) {
  const item = held.item;
  if (!item) return h('div', { class: 'subject' }, held.problem ? trouble(held.problem, held.again) : loading(8));
  const gone = !needsPerson(item);
  return [
    h('section', { class: 'subject', key: `subject ${item.id}`, 'aria-label': item.title },
      h('header', { class: 'subject-head' },
        h('p', { class: 'crumbs' }, h('a', { href: itemPath(item.id) }, h('span', { class: 'id' }, item.id)), ' · ', item.repo, item.agent && [' · ', item.agent], item.usage?.cost_usd > 0 && [' · ', money(item.usage.cost_usd)],
          held.context?.signal?.link && [' · ', outside(held.context.signal.link, 'source')]),
        h('h2', {}, item.title || item.id)),
      gone && h('p', { class: 'banner info', role: 'status' }, h('span', {}, `This item no longer waits for you: it is ${item.status === 'finished' ? words(item.result).toLowerCase() : `in ${item.stage}`}.`),
        queue.length > 0 && h('button', { type: 'button', class: 'button small', onclick: () => go(reviewPath(queue[0].id)) }, 'Next')),
      theChange(item)),
    h('aside', { class: 'proof', key: `proof ${item.id}`, 'aria-label': 'Decide' },
      h('div', { class: 'proof-scroll' },
        h('section', {}, h('h3', {}, 'Evidence'), held.failed.evidence ? trouble(held.failed.evidence, held.again) : held.evidence === null ? loading(3) : evidenceView(held.evidence, item.change, { small: true })),
        othersView(item),
        sentBack(),
        h('section', {}, h('h3', {}, 'Contract'), contractView(held.context?.contract ?? item.contract))),
      !gone && decisionBar(item, advance)),
  ];
}

function theChange(item) {
  if (held.failed.diff) return trouble(held.failed.diff, held.again);
  if (held.diff === null) return loading(10);
  if (held.diff.files.length > 0) return diffView(item.id, held.diff, held.evidence?.diagnostics, changed);
  const body = held.context?.signal?.body;
  return h('div', { class: 'sheet' }, h('p', { class: 'asked' }, item.reason || 'There is no change to look at yet.'), body && h('pre', { class: 'prose' }, body));
}

function sentBack() {
  const feedback = held.context?.feedback;
  if (!feedback?.length) return null;
  return h('section', {}, h('h3', {}, icon('back'), 'Was sent back'), feedback.map(feedbackView));
}

function decide(verb) {
  const item = held?.item;
  if (!item) return;
  begin(item, verb === 'approve' && verbsFor(item).includes('answer') ? 'answer' : verb, advance);
}

/** After a decision the next one in the queue is shown. */
function advance(decided) {
  if (here().view !== 'review' || held?.id !== decided.id) return;
  const next = waitingForPerson().find((item) => item.id !== decided.id);
  go(reviewPath(next?.id), { replace: true });
}

function step(by) {
  const queue = waitingForPerson();
  const at = queue.findIndex((item) => item.id === held?.id);
  const next = queue[Math.max(0, Math.min(queue.length - 1, at + by))];
  if (!next) return;
  go(reviewPath(next.id), { replace: true });
  document.querySelector('.queue-list [aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
}
