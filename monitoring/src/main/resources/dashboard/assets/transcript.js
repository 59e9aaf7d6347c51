// The agent's words as they come. Only the end of a long transcript is ever held.
import { eventsPath, getTranscript, save } from './api.js';
import { empty, loading, saver, trouble } from './parts.js';
import { changed } from './state.js';
import { openStream } from './stream.js';
import { h, lazy } from './view.js';

const TAIL_BYTES = 200000;
const MOST_LINES = 5000;
const BLOCK_LINES = 100;
const LONGEST_LINE = 4000;

export function watchTranscript(id) {
  const abort = new AbortController();
  // Lines stand in blocks, so that one more line redraws one block.
  const held = { blocks: null, cut: false, problem: null, follow: true, again: load };
  let stream = null;
  let count = 0;

  async function load() {
    try {
      const { text, end, cut } = await getTranscript(id, TAIL_BYTES, abort.signal);
      const lines = text.split('\n');
      // The first may be half a line, and the last is what stands behind the last line's end.
      if (cut) lines.shift();
      const begun = lines.pop();
      Object.assign(held, { blocks: [], cut, problem: null });
      lines.forEach(add);
      // From here on the server says each line; after a break it goes on behind the last one heard.
      stream = openStream(eventsPath(id), { event: hear }, String(end - new TextEncoder().encode(begun).length));
    } catch (problem) {
      if (abort.signal.aborted) return;
      held.problem = problem;
    }
    changed();
  }

  function hear(name, line) {
    if (name !== 'line') return;
    add(line);
    changed();
  }

  function add(line) {
    if (count % BLOCK_LINES === 0) {
      held.blocks.push({ key: count, lines: [] });
      if (held.blocks.length > MOST_LINES / BLOCK_LINES) {
        held.blocks.shift();
        held.cut = true;
      }
    }
    held.blocks.at(-1).lines.push(line);
    count++;
  }

  load();
  held.stop = () => {
    abort.abort();
    stream?.stop();
  };
  return held;
}

export function transcriptView(held, item) {
  if (held.blocks === null) return held.problem ? trouble(held.problem, held.again) : loading(8);
  if (held.blocks.length === 0) return empty('No transcript yet', 'It appears here line by line as soon as an agent or a check speaks.');
  return h('div', { class: 'transcript' },
    held.cut && h('p', { class: 'cut' }, 'Only the end is shown.', saver('Save all of it', () => save(item.id, 'transcript'))),
    h('pre', {
      tabindex: 0, 'aria-label': 'Transcript', onscroll: (event) => { held.follow = atEnd(event.target); }, use: (el) => follow(el, held),
    }, held.blocks.map(({ key, lines }) => lazy(key, [lines.length], () => h('div', { class: 'block' }, lines.map(said))))),
    item.status === 'running' && h('p', { class: 'tailing' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), held.follow ? 'following' : 'scroll down to follow'));
}

/** Who said it stands before it: the time, then the stage. */
function said(line) {
  const [, time, stage, text] = /^(\d\d:\d\d:\d\d) (\w+) \| (.*)$/s.exec(line) ?? [];
  const shown = (text ?? line).slice(0, LONGEST_LINE);
  return time ? [h('span', { class: 'when' }, time), h('span', { class: `who ${stage}` }, ` ${stage.padEnd(13)} `), `${shown}\n`] : `${shown}\n`;
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
