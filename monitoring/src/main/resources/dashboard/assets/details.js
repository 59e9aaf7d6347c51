// What is fetched about one item, kept fresh while a view shows it: again when the item changes, the diff and the
// evidence only when the commit does, everything once the connection is back.
import * as api from './api.js';
import { parseDiff } from './diff.js';
import { changed, onRejoin, putItem, state, watchItems } from './state.js';

const SETTLE_MS = 250;
const MOST_DIFF = 2e6;
const NO_DIFF = { files: [], cut: false };

export function watchDetails(id, wanted) {
  const abort = new AbortController();
  const held = { id, item: state.items.get(id) ?? null, history: null, context: null, diff: null, evidence: null, problem: null, failed: {} };
  const seen = {};
  let timer = null;
  let own = false;

  const loaders = {
    history: async () => (await api.getHistory(id, abort.signal)).events ?? [],
    context: () => api.getContext(id, abort.signal),
    diff: async () => {
      const { text, cut } = await api.getDiff(id, MOST_DIFF, abort.signal);
      return { files: parseDiff(text), cut };
    },
    evidence: () => api.getEvidence(id, abort.signal),
  };

  async function load(name, mark) {
    if (seen[name] === mark) return;
    seen[name] = mark;
    try {
      held[name] = await loaders[name]();
      delete held.failed[name];
    } catch (problem) {
      if (abort.signal.aborted) return;
      seen[name] = null;
      // Nothing to show yet is not a failure.
      if (problem.status === 404 || problem.status === 409) held[name] = name === 'diff' ? NO_DIFF : name === 'history' ? [] : {};
      else held.failed[name] = problem;
    }
    changed();
  }

  function loadAll() {
    const item = held.item;
    if (!item) return;
    const mark = item.updated_at;
    const commit = `${item.change?.commit ?? ''} ${item.stage} ${item.status}`;
    if (!item.change) Object.assign(held, { diff: held.diff ?? NO_DIFF, evidence: held.evidence ?? {} });
    const due = wanted.filter((name) => item.change || (name !== 'diff' && name !== 'evidence'));
    for (const name of due) load(name, name === 'diff' || name === 'evidence' ? commit : mark);
  }

  async function loadItem() {
    try {
      held.item = await api.getItem(id, abort.signal);
      held.problem = null;
      own = true;
      putItem(held.item);
      own = false;
    } catch (problem) {
      if (abort.signal.aborted) return;
      held.problem = problem;
    }
    loadAll();
    changed();
  }

  const unwatch = watchItems((item) => {
    if (item.id !== id || own) return;
    held.item = item;
    clearTimeout(timer);
    timer = setTimeout(loadItem, SETTLE_MS);
  });
  const unjoin = onRejoin(loadItem);

  loadItem();
  held.again = loadItem;
  held.stop = () => {
    abort.abort();
    unwatch();
    unjoin();
    clearTimeout(timer);
  };
  return held;
}
