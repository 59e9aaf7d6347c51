// The line itself: six wheels on one shaft, and what flows back over it.
import { STAGES, plural, words } from './format.js';
import { wheel } from './icons.js';
import { h } from './view.js';

const GAP = 10;
const WHEEL = 11;
const ROOM = 17;
const ROOM_FOR_RETURNS = 47;

const measured = { width: 1200 };

/** How many items stand where a later stage sent them back to, by "from to". */
function returns(items) {
  const counts = new Map();
  for (const item of items) {
    const from = STAGES.indexOf(item.progress?.sent_back_by);
    const to = STAGES.indexOf(item.stage);
    if (from > to) counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
  }
  return counts;
}

export function theLine(stages, items, redraw) {
  const width = measured.width;
  const lane = (width - GAP * (STAGES.length - 1)) / STAGES.length;
  const centre = (index) => index * (lane + GAP) + lane / 2;
  const back = [...returns(items)].map(([way, count]) => [...way.split(' ').map(Number), count]);
  const axis = back.length > 0 ? ROOM_FOR_RETURNS : ROOM;
  const height = axis + ROOM;
  return h('div', { class: 'line-holder', use: (el) => watchWidth(el, redraw) },
    h('svg', { class: 'line', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': describe(stages, back) },
      STAGES.slice(1).map((_, index) => {
        const flowing = stages[index + 1]?.running > 0 && !stages[index + 1]?.paused;
        const from = centre(index) + 19;
        const to = centre(index + 1) - 19;
        return h('g', { key: index },
          h('path', { class: 'shaft', d: `M${from} ${axis}H${to}` }),
          flowing && h('path', { class: 'flow', d: `M${from} ${axis}H${to - 4}` }),
          h('path', { class: 'tip', d: `M${to - 5} ${axis - 5}l6 5-6 5` }));
      }),
      back.map(([from, to, count]) => arc(centre(from), centre(to), axis, from - to, count)),
      STAGES.map((stage, index) => h('g', { key: stage, transform: `translate(${centre(index)} ${axis})`, class: `node ${stages[index]?.paused ? 'paused' : ''}` },
        wheel(stages[index]?.running > 0 && !stages[index]?.paused, WHEEL)))));
}

function arc(from, to, axis, distance, count) {
  const start = from - 7;
  const end = to + 7;
  const peak = axis - 17 - Math.min(distance, 5) * 8;
  const middle = (start + end) / 2;
  const top = axis - 14 + (peak - axis + 14) * 0.75;
  return h('g', { key: `back ${from} ${to}`, class: 'return' },
    h('path', { d: `M${start} ${axis - 14}C${start - 10} ${peak} ${end + 10} ${peak} ${end} ${axis - 14}` }),
    h('path', { class: 'tip', d: `M${end + 6.5} ${axis - 19}L${end} ${axis - 13.5}l-1-7` }),
    h('rect', { x: middle - (count > 9 ? 20 : 15), y: top - 8, width: count > 9 ? 40 : 30, height: 16, rx: 8 }),
    h('text', { x: middle, y: top + 3.8, 'text-anchor': 'middle' }, `↺ ${count > 99 ? '99+' : count}`));
}

function describe(stages, back) {
  const busy = stages.filter((stage) => stage.running > 0).map((stage) => `${stage.name} ${stage.running}`).join(', ') || 'nothing';
  const sent = back.map(([from, to, count]) => `${plural(count, 'item')} from ${STAGES[from]} to ${STAGES[to]}`).join(', ');
  return `Running: ${busy}.${sent ? ` Sent back: ${sent}.` : ''} The line: ${STAGES.map(words).join(', then ')}.`;
}

function watchWidth(el, redraw) {
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width > 0 && width !== measured.width) {
      measured.width = width;
      redraw();
    }
  });
  observer.observe(el);
  return () => observer.disconnect();
}
