// The agent's words as they come. Only the end of a long transcript is ever held.
import { eventsPath, getTranscript, save } from './api.js';
import { empty, loading, saver, trouble } from './parts.js';
import { changed } from './state.js';
import { openStream } from './stream.js';
import { h } from './view.js';

const TAIL_BYTES = 200000;

export function watchTranscript(id) {
  const abort = new AbortController();
  const held = { text: null, cut: false, problem: null, follow: true, again: load };
  let stream = null;

  async function load() {
    try {
      const got = await getTranscript(id, TAIL_BYTES, abort.signal);
      Object.assign(held, { text: got.cut ? got.text.slice(got.text.indexOf('\n') + 1) : got.text, cut: got.cut, problem: null });
      // From here on the server says each line; after a break it goes on behind the last one heard.
      stream = openStream(eventsPath(id), { event: hear }, String(got.end));
    } catch (problem) {
      if (abort.signal.aborted) return;
      held.problem = problem;
    }
    changed();
  }

  function hear(name, line) {
    if (name !== 'line') return;
    held.text += `${line}\n`;
    if (held.text.length > 2 * TAIL_BYTES) {
      held.text = held.text.slice(-TAIL_BYTES);
      held.cut = true;
    }
    changed();
  }

  load();
  held.stop = () => {
    abort.abort();
    stream?.stop();
  };
  return held;
}

export function transcriptView(held, item) {
  if (held.text === null) return held.problem ? trouble(held.problem, held.again) : loading(8);
  if (held.text === '') return empty('No transcript yet', 'It appears here line by line as soon as an agent or a check speaks.');
  return h('div', { class: 'transcript' },
    held.cut && h('p', { class: 'cut' }, 'Only the end is shown.', saver('Save all of it', () => save(item.id, 'transcript'))),
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
