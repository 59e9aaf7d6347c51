// Motion between two drawings: what stands elsewhere afterwards glides there from where it stood. A card that changes
// lanes is another element by then; it is recognised by its `data-flip` name.

const still = matchMedia('(prefers-reduced-motion: reduce)');

export function flip(root, redraw) {
  if (still.matches || document.hidden) {
    redraw();
    return;
  }
  const before = places(root);
  redraw();
  if (before.size === 0) return;
  for (const [name, { element, box }] of places(root)) {
    const was = before.get(name);
    if (was === undefined) {
      element.animate([{ opacity: 0, transform: 'translateY(6px)' }, { opacity: 1, transform: 'none' }], { duration: 260, easing: 'ease-out' });
      continue;
    }
    const dx = was.box.left - box.left;
    const dy = was.box.top - box.top;
    if (Math.abs(dx) < 2 && Math.abs(dy) < 2) continue;
    const far = Math.abs(dx) > 40;
    if (far) element.classList.add('travelling');
    const motion = element.animate(
      [{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'none' }],
      { duration: far ? 620 : 260, easing: 'cubic-bezier(.3,.9,.3,1)' });
    if (far) motion.onfinish = motion.oncancel = () => element.classList.remove('travelling');
  }
}

function places(root) {
  const found = new Map();
  for (const element of root.querySelectorAll('[data-flip]')) {
    found.set(element.dataset.flip, { element, box: element.getBoundingClientRect() });
  }
  return found;
}
