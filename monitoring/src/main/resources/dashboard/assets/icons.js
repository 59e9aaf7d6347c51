import { h } from './view.js';

// One hand for all icons: 16 by 16, one stroke, the colour of the text beside it.
const PATHS = {
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2l7.5 4.8L5 12.8z',
  back: 'M6 4L2.5 7.5 6 11M3 7.5h6.2a3.8 3.8 0 010 7.6H8',
  check: 'M3 8.5l3.4 3.4L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  clock: 'M8 14.2A6.2 6.2 0 108 1.8a6.2 6.2 0 000 12.4zM8 4.6V8l2.4 1.6',
  link: 'M6.5 3.5h-3v9h9v-3M9 3.2h3.8V7M12.6 3.4L7.4 8.6',
  search: 'M7 11.8A4.8 4.8 0 107 2.2a4.8 4.8 0 000 9.6zM10.6 10.6L14 14',
  theme: 'M8 2.2a5.8 5.8 0 100 11.6zM8 2.2a5.8 5.8 0 010 11.6',
  help: 'M5.6 6a2.4 2.4 0 114 1.8c-.9.7-1.6 1.1-1.6 2.2M8 12.6v.2',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  file: 'M4 1.8h5.2L12.4 5v9.2H4zM9 2v3.2h3.2',
  warn: 'M8 2.2l6.3 11.2H1.7zM8 6.4v3.4M8 11.6v.2',
  branch: 'M4.5 5.2v5.6M4.5 5.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM4.5 14.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM11.5 6.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM11.5 6.2c0 3-4.5 2-7 4',
  robot: 'M3.5 5.5h9v7h-9zM8 5.5V3M6 8.6v.4M10 8.6v.4',
};

export function icon(name, extra = '') {
  return h('svg', { class: `icon ${extra}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, h('path', { d: PATHS[name] }));
}

/** The mill wheel: six spokes for six stages. It turns while its stage works. */
export function wheel(turning, radius = 11) {
  const spokes = [0, 60, 120, 180, 240, 300].map((angle) => {
    const rad = (angle * Math.PI) / 180;
    const at = (r) => `${(Math.cos(rad) * r).toFixed(2)} ${(Math.sin(rad) * r).toFixed(2)}`;
    return `M${at(radius * 0.28)}L${at(radius * 1.22)}`;
  });
  return h('g', { class: `wheel ${turning ? 'turning' : ''}` },
    h('circle', { r: radius, class: 'rim' }),
    h('path', { d: spokes.join('') }),
    h('circle', { r: radius * 0.28, class: 'hub' }));
}
