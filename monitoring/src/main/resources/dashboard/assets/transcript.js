// The agent's words as they come. Only the end of a long transcript is ever held.
import { getTranscript } from './api.js';
import { empty, loading, trouble } from './parts.js';
import { changed, state } from './state.js';
import { h } from './view.js';

const TAIL_BYTES = 200000;
const LIVE_MS = 1500;

export function watchTranscript(id) {
  const abort = new AbortController();
  const held = { text: null, cut: false, problem: null, follow: true };
  let from = null;
  let timer = null;

  async function load() {
    try {
      const got = await getTranscript(id, from, TAIL_BYTES, abort.signal);
      if (got.appended) held.text = ((held.text ?? '') + got.text).slice(-2 * TAIL_BYTES);
      else held.text = got.text;
      held.cut ||= got.cut;
      from = got.end === 0 ? null : got.end;
      held.problem = null;
    } catch (problem) {
      if (abort.signal.aborted) return;
      if (problem.status === 404) held.text ??= '';
      else held.problem = problem;
    }
    changed();
    const item = state.items.get(id);
    timer = setTimeout(load, item?.status === 'running' || held.problem ? LIVE_MS : 6 * LIVE_MS);
  }

  load();
  held.stop = () => {
    abort.abort();
    clearTimeout(timer);
  };
  return held;
}

export function transcriptView(held, item) {
  if (held.text === null) return held.problem ? trouble(held.problem) : loading(8);
  if (held.text === '') return empty('No transcript yet', 'It appears here line by line as soon as an agent or a check speaks.');
  return h('div', { class: 'transcript' },
    held.cut && h('p', { class: 'quiet pad' }, 'Only the end is shown. Everything: ', h('code', {}, `millwright logs ${item.id}`)),
    h('pre', {
      tabindex: 0, 'aria-label': 'Transcript', onscroll: (event) => { held.follow = atEnd(event.target); }, use: (el) => follow(el, held),
    }, held.text),
    item.status === 'running' && h('p', { class: 'tailing' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), held.follow ? 'following' : 'scroll down to follow'));
}

function atEnd(el) {
  return el.scrollHeight - el.scrollTop - el.clientHeight < 24;
}

function follow(el, held) {
  const toEnd = () => {
    if (held.follow) el.scrollTop = el.scrollHeight;
  };
  const observer = new MutationObserver(toEnd);
  observer.observe(el, { characterData: true, childList: true, subtree: true });
  toEnd();
  return () => observer.disconnect();
}
