// Keys belong to whoever bound them last; a view binds on entering and lets go on leaving.

const bindings = [];
let pending = null;
let pendingSince = 0;

/** Binds `{'g f': ['Go to the floor', action]}` and gives back the function that lets go. */
export function bind(group, keys) {
  const mine = Object.entries(keys).map(([keys, [does, action]]) => ({ group, keys, does, action }));
  bindings.unshift(...mine);
  return () => mine.forEach((one) => bindings.splice(bindings.indexOf(one), 1));
}

/** What works right now, grouped, for the help. */
export function bound() {
  const groups = new Map();
  for (const one of bindings) {
    if (!groups.has(one.group)) groups.set(one.group, []);
    groups.get(one.group).push(one);
  }
  return groups;
}

function busy(event) {
  const at = event.target;
  return (
    event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
    at.closest?.('input, textarea, select, [contenteditable]') !== null || document.querySelector('dialog[open]') !== null
  );
}

document.addEventListener('keydown', (event) => {
  if (event.target instanceof Element && busy(event)) return;
  const prefix = pending !== null && Date.now() - pendingSince < 1200 ? `${pending} ` : '';
  pending = null;
  const pressed = prefix + event.key;
  const match = bindings.find((one) => one.keys === pressed) ?? bindings.find((one) => one.keys === event.key);
  if (match) {
    event.preventDefault();
    match.action(event);
  } else if (bindings.some((one) => one.keys.startsWith(`${event.key} `))) {
    pending = event.key;
    pendingSince = Date.now();
  }
});
