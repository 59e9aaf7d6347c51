// Unified diffs: read strictly, shown with line numbers, changed words, and the diagnostics that belong to a line.
import { save } from './api.js';
import { plural } from './format.js';
import { icon } from './icons.js';
import { saver } from './parts.js';
import { h, lazy } from './view.js';

const SHOWN_LINES = 400;
const SHOWN_LINES_IN_ALL = 3000;
const SHOWN_FILES = 300;
const LONGEST_LINE = 2000;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u061c]/;

const unfolded = new Set();

/**
 * Reads a git diff. A hunk's own counts say where it ends, never what a line looks like: a removed line `-- x` would
 * otherwise pass for a file header. Gives `[{path, from, status, binary, additions, deletions, hunks}]`.
 */
export function parseDiff(text) {
  const lines = text.split('\n');
  const files = [];
  let file = null;
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(line);
    if (header && file) {
      i = readHunk(lines, i + 1, header, file);
      continue;
    }
    if (line.startsWith('diff --git ')) {
      file = { path: gitPath(line), from: null, status: 'changed', binary: false, additions: 0, deletions: 0, hunks: [] };
      files.push(file);
    } else if (line.startsWith('--- ') && (file === null || file.hunks.length > 0)) {
      file = { path: '', from: null, status: 'changed', binary: false, additions: 0, deletions: 0, hunks: [] };
      files.push(file);
    }
    if (file) readHeader(line, file);
    i++;
  }
  return files;
}

function readHeader(line, file) {
  if (line.startsWith('new file')) file.status = 'added';
  else if (line.startsWith('deleted file')) file.status = 'deleted';
  else if (line.startsWith('rename from ')) Object.assign(file, { from: unquote(line.slice(12)), status: 'renamed' });
  else if (line.startsWith('rename to ')) file.path = unquote(line.slice(10));
  else if (line.startsWith('old mode ')) file.mode = line.slice(9);
  else if (line.startsWith('new mode ')) file.mode = `${file.mode} → ${line.slice(9)}`;
  else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) file.binary = true;
  else if (line.startsWith('+++ ') && line !== '+++ /dev/null') file.path = unquote(line.slice(4)).replace(/^b\//, '');
  else if (line.startsWith('--- ') && line !== '--- /dev/null' && file.path === '') file.path = unquote(line.slice(4)).replace(/^a\//, '');
}

function readHunk(lines, start, [, oldStart, oldCount, newStart, newCount, place], file) {
  const hunk = { oldStart: Number(oldStart), newStart: Number(newStart), place, lines: [] };
  let oldLeft = Number(oldCount ?? 1);
  let newLeft = Number(newCount ?? 1);
  let oldAt = hunk.oldStart;
  let newAt = hunk.newStart;
  let i = start;
  for (; i < lines.length && (oldLeft > 0 || newLeft > 0 || lines[i].startsWith('\\')); i++) {
    const sign = lines[i][0] ?? ' ';
    // Counts that promise more lines than follow: the next file begins, whatever the header said.
    if (!' +-\\'.includes(sign)) break;
    const text = lines[i].slice(1);
    if (sign === '+') {
      hunk.lines.push({ sign, text, new: newAt++ });
      newLeft--;
      file.additions++;
    } else if (sign === '-') {
      hunk.lines.push({ sign, text, old: oldAt++ });
      oldLeft--;
      file.deletions++;
    } else if (sign === '\\') {
      hunk.lines.push({ sign, text: text.trim() });
    } else {
      hunk.lines.push({ sign: ' ', text, old: oldAt++, new: newAt++ });
      oldLeft--;
      newLeft--;
    }
  }
  pairWords(hunk.lines);
  file.hunks.push(hunk);
  return i;
}

/** Marks, in removed lines directly followed by as many added ones, the part that differs. */
function pairWords(lines) {
  for (let i = 0; i < lines.length; ) {
    let removed = i;
    while (lines[removed]?.sign === '-') removed++;
    let added = removed;
    while (lines[added]?.sign === '+') added++;
    if (removed > i && added - removed === removed - i) {
      for (let k = 0; k < removed - i; k++) markDifference(lines[i + k], lines[removed + k]);
    }
    i = Math.max(added, i + 1);
  }
}

function markDifference(one, other) {
  const a = one.text;
  const b = other.text;
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  if (head + tail < most * 0.3) return;
  one.mark = [head, a.length - tail];
  other.mark = [head, b.length - tail];
}

function gitPath(line) {
  const quoted = / "b\/(.*)"$/.exec(line);
  if (quoted) return unquote(`"${quoted[1]}"`);
  return / b\/(.*)$/.exec(line)?.[1] ?? line.slice(11);
}

function unquote(path) {
  const plain = path.replace(/\t.*$/, '');
  return /^".*"$/.test(plain) ? plain.slice(1, -1).replace(/\\(["\\])/g, '$1') : plain;
}

/**
 * The change of item `id` as a page part: as much of it as a person can read and a browser can draw. `diagnostics` are
 * shown under the line they speak of. `changed` draws again.
 */
export function diffView(id, { files, cut }, diagnostics, changed) {
  const shown = files.slice(0, SHOWN_FILES);
  let left = SHOWN_LINES_IN_ALL;
  return h('div', { class: 'diff' },
    (cut || shown.length < files.length) && h('p', { class: 'cut', role: 'note' }, `This change is too large for a page: the first ${plural(shown.length, 'file')} of it.`, saver('Save all of it', () => save(id, 'diff'))),
    h('details', { class: 'file-list', open: files.length <= 12 },
      h('summary', {}, plural(files.length, 'file'), ' ', counts(sum(files, 'additions'), sum(files, 'deletions'))),
      h('ol', {}, shown.map((file, index) => h('li', { key: index },
        h('a', { href: `#file-${index}`, onclick: (event) => jump(event, index) }, icon('file'), path(file.path), file.status !== 'changed' && h('span', { class: 'chip' }, file.status),
          h('span', { class: 'counts' }, counts(file.additions, file.deletions), bar(file))))))),
    shown.map((file, index) => {
      const lines = file.hunks.reduce((all, hunk) => all + hunk.lines.length, 0);
      const most = unfolded.has(file) ? lines : Math.min(lines, SHOWN_LINES, left);
      if (!unfolded.has(file)) left -= most;
      return lazy(index, [file, most, diagnostics], () => fileView(file, index, lines, most, diagnostics, changed));
    }));
}

const sum = (files, field) => files.reduce((all, file) => all + file[field], 0);

function counts(additions, deletions) {
  return [h('span', { class: 'plus' }, `+${additions}`), ' ', h('span', { class: 'minus' }, `−${deletions}`)];
}

function fileView(file, index, lines, most, diagnostics, changed) {
  const rows = [];
  let left = most;
  for (const hunk of file.hunks) {
    if (left <= 0) break;
    rows.push(h('tr', { class: 'hunk' }, h('td', { colspan: 3 }, `@@ ${hunk.oldStart} → ${hunk.newStart} `, hunk.place)));
    for (const line of hunk.lines.slice(0, left)) rows.push(row(line), ...notes(line, file, diagnostics));
    left -= hunk.lines.length;
  }
  return h('section', { class: 'file', id: `file-${index}`, 'aria-label': file.path },
    h('header', {}, icon('file'), h('h3', {}, file.from && h('span', { class: 'from' }, file.from, ' → '), path(file.path)),
      file.status !== 'changed' && h('span', { class: 'chip' }, file.status), file.mode && h('span', { class: 'chip warn' }, `mode ${file.mode}`),
      h('span', { class: 'counts' }, counts(file.additions, file.deletions))),
    file.binary && h('p', { class: 'quiet pad' }, 'A binary file.'),
    !file.binary && lines === 0 && h('p', { class: 'quiet pad' }, 'No lines changed.'),
    rows.length > 0 && h('div', { class: 'code-holder', tabindex: 0, role: 'group', 'aria-label': `Lines of ${file.path}` }, h('table', { class: 'code' }, h('tbody', {}, rows))),
    most < lines && h('button', { type: 'button', class: 'more-button', onclick: () => (unfolded.add(file), changed()) }, `Show all ${lines} lines`));
}

function row(line) {
  const kind = { '+': 'added', '-': 'removed', '\\': 'remark' }[line.sign] ?? '';
  return h('tr', { class: kind },
    h('td', { class: 'number' }, line.old), h('td', { class: 'number' }, line.new),
    h('td', { class: 'text', 'data-sign': line.sign === ' ' ? null : line.sign }, spans(line)));
}

function spans(line) {
  const text = line.text.length > LONGEST_LINE ? `${line.text.slice(0, LONGEST_LINE)} … (${line.text.length} characters)` : line.text.replace(/\r$/, '');
  if (!line.mark || line.mark[0] >= line.mark[1]) return visible(text);
  const [from, to] = line.mark;
  return [visible(text.slice(0, from)), h('mark', {}, visible(text.slice(from, to))), visible(text.slice(to))];
}

/** Characters that cannot be seen, or that reorder what is seen, are named instead of obeyed. */
function visible(text) {
  if (!INVISIBLE.test(text)) return [text];
  return text.split(new RegExp(`(${INVISIBLE.source})`)).map((part) =>
    part.length === 1 && INVISIBLE.test(part)
      ? h('span', { class: 'invisible', title: 'an invisible character' }, `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
      : part);
}

function notes(line, file, diagnostics) {
  if (line.new === undefined || line.sign === '\\') return [];
  return (diagnostics ?? [])
    .filter((one) => one.file === file.path && one.line === line.new)
    .map((one) => h('tr', { class: `note ${one.severity}` }, h('td', { colspan: 3 }, h('strong', {}, one.source), ' ', one.message)));
}

function bar(file) {
  const all = file.additions + file.deletions;
  const green = all === 0 ? 0 : Math.round((5 * file.additions) / all);
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, Array.from({ length: 5 }, (_, index) => h('i', { class: all === 0 ? '' : index < green ? 'plus' : 'minus' })));
}

function path(text) {
  const cut = text.lastIndexOf('/') + 1;
  return h('span', { class: 'path' }, h('span', { class: 'folder' }, text.slice(0, cut)), h('b', {}, text.slice(cut)));
}

function jump(event, index) {
  event.preventDefault();
  document.getElementById(`file-${index}`)?.scrollIntoView({ block: 'start' });
}

/** Moves to the file after or before the one in view. */
export function stepFile(by) {
  const files = [...document.querySelectorAll('.diff .file')];
  const top = (file) => file.getBoundingClientRect().top;
  const next = by > 0 ? files.find((file) => top(file) > 150) : files.findLast((file) => top(file) < 60);
  next?.scrollIntoView({ block: 'start' });
}
