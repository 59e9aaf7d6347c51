// The line itself: six wheels on one shaft, and what flows back over it.
import { STAGES, plural, words } from './format.js';
import { wheel } from './icons.js';
import { h } from './view.js';

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

/** Stands on the same grid as the lanes, so that each wheel is over its lane whatever the width. */
export function theLine(stages, items) {
  const back = [...returns(items)].map(([way, count]) => [...way.split(' ').map(Number), count]);
  const highest = Math.max(0, ...back.map(([from, to]) => from - to));
  return h('div', { class: `line ${highest > 0 ? 'with-returns' : ''}`, style: { '--highest': String(highest) }, role: 'img', 'aria-label': describe(stages, back) },
    STAGES.map((stage, index) => {
      const turning = stages[index]?.running > 0 && !stages[index]?.paused;
      return h('div', { key: stage, class: `node ${stages[index]?.paused ? 'paused' : ''}` },
        index > 0 && h('i', { class: `shaft ${turning ? 'flowing' : ''}` }),
        h('svg', { viewBox: '-15 -15 30 30', width: 30, height: 30 }, wheel(turning)),
        back.filter(([, to]) => to === index).map(([from, , count]) => arc(from - index, count)));
    }));
}

function arc(lanes, count) {
  return h('div', { key: `back ${lanes}`, class: 'return', style: { '--lanes': String(lanes) } },
    h('svg', { viewBox: '0 0 100 30', preserveAspectRatio: 'none' }, h('path', { d: 'M100 30C96 -8 4 -8 0 30' })),
    h('i', { class: 'tip' }), h('span', {}, `↺ ${count > 99 ? '99+' : count}`));
}

function describe(stages, back) {
  const busy = stages.filter((stage) => stage.running > 0).map((stage) => `${stage.name} ${stage.running}`).join(', ') || 'nothing';
  const sent = back.map(([from, to, count]) => `${plural(count, 'item')} from ${STAGES[from]} to ${STAGES[to]}`).join(', ');
  return `Running: ${busy}.${sent ? ` Sent back: ${sent}.` : ''} The line: ${STAGES.map(words).join(', then ')}.`;
}
