// The render layer: `h` describes, `mount` makes the page equal to the description and keeps what did not change.
// Strings become text nodes and nothing else. There is no way to hand it markup, which is what makes hostile text harmless.

const SVG = 'http://www.w3.org/2000/svg';
// Characters that reorder their neighbours ("trojan source") never reach the page.
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'open', 'hidden']);
const UNSAFE_URL = /^\s*(?!https?:|\/(?!\/)|#|\?)/i;

/** A node: `h('p', {class: 'x', key: 1, use: el => cleanup}, 'text', child, [children])`. Falsy children vanish. */
export function h(tag, props, ...children) {
  const given = props ?? {};
  return { tag, key: given.key, props: given, children: flatten(children) };
}

/** A part that is described anew only when one of `deps` changed. */
export function lazy(key, deps, describe) {
  return { tag: '#lazy', key, deps, describe };
}

function flatten(children, into = []) {
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === true || child === '') continue;
    if (Array.isArray(child)) flatten(child, into);
    else if (typeof child === 'object') into.push(child);
    else into.push({ tag: '#text', text: String(child).replace(REORDERING, '\ufffd') });
  }
  return into;
}

// Nodes with a `use` that were made by the drawing under way. They are used once they stand in the document.
let fresh = [];

/** Makes the children of `root` what `nodes` say. */
export function mount(root, nodes) {
  const focused = document.activeElement;
  const next = flatten([nodes]);
  patchChildren(root, root.described ?? [], next, false);
  root.described = next;
  if (focused && focused !== document.activeElement && focused.isConnected && focused !== document.body) {
    focused.focus({ preventScroll: true });
  }
  const made = fresh;
  fresh = [];
  for (const node of made) node.held.cleanup = node.props.use(node.el);
}

/** Forgets what was drawn into `root`, after a drawing that failed halfway. */
export function unmount(root) {
  fresh = [];
  root.described = [];
  root.replaceChildren();
}

function create(node, svg) {
  if (node.tag === '#text') return (node.el = document.createTextNode(node.text));
  if (node.tag === '#lazy') {
    node.inner = node.describe();
    return (node.el = create(node.inner, svg));
  }
  const inSvg = svg || node.tag === 'svg';
  const el = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  node.el = el;
  for (const child of node.children) el.append(create(child, inSvg));
  // After the children: a select takes its value only once its options exist.
  for (const [name, value] of Object.entries(node.props)) assign(el, name, undefined, value);
  if (node.props.use) {
    // Outlives the description: a later one of the same element takes it over.
    node.held = {};
    fresh.push(node);
  }
  return el;
}

function assign(el, name, before, value) {
  if (name === 'key' || name === 'use') return;
  if (name.startsWith('on')) {
    el[name] = value || null;
  } else if (name === 'style') {
    for (const property of Object.keys(before ?? {})) if (!(property in (value ?? {}))) el.style.removeProperty(property);
    for (const [property, to] of Object.entries(value ?? {})) el.style.setProperty(property, to);
  } else if (PROPERTIES.has(name) && name in el) {
    if (el[name] !== (value ?? '')) el[name] = value ?? '';
  } else if (value === null || value === undefined || value === false) {
    el.removeAttribute(name);
  } else if ((name === 'href' || name === 'src') && UNSAFE_URL.test(value)) {
    el.removeAttribute(name);
  } else {
    el.setAttribute(name, value === true ? '' : String(value));
  }
}

function patch(before, after, svg) {
  const el = (after.el = before.el);
  if (after.tag === '#text') {
    if (before.text !== after.text) el.data = after.text;
    return;
  }
  if (after.tag === '#lazy') {
    if (same(before.deps, after.deps)) {
      after.inner = before.inner;
      return;
    }
    after.inner = after.describe();
    if (after.inner.tag === before.inner.tag) {
      patch(before.inner, after.inner, svg);
    } else {
      after.el = create(after.inner, svg);
      el.replaceWith(after.el);
      forget(before.inner);
    }
    return;
  }
  const inSvg = svg || after.tag === 'svg';
  patchChildren(el, before.children, after.children, inSvg);
  for (const name of Object.keys(before.props)) if (!(name in after.props)) assign(el, name, before.props[name], undefined);
  for (const [name, value] of Object.entries(after.props)) {
    if (value !== before.props[name] || PROPERTIES.has(name)) assign(el, name, before.props[name], value);
  }
  after.held = before.held;
}

function patchChildren(parent, before, after, svg) {
  const keyed = new Map();
  const loose = [];
  for (const node of before) {
    if (node.key === undefined) loose.push(node);
    else keyed.set(node.tag + ':' + node.key, node);
  }
  const kept = new Set();
  const partner = after.map((node) => {
    const match =
      node.key === undefined
        ? loose.find((old) => old.tag === node.tag && !kept.has(old))
        : keyed.get(node.tag + ':' + node.key);
    if (match === undefined || kept.has(match)) return undefined;
    kept.add(match);
    return match;
  });
  for (const node of before) {
    if (kept.has(node)) continue;
    node.el.remove();
    forget(node);
  }
  let cursor = parent.firstChild;
  after.forEach((node, index) => {
    if (partner[index]) {
      const wasNext = partner[index].el === cursor;
      patch(partner[index], node, svg);
      if (wasNext) cursor = node.el;
    } else {
      create(node, svg);
    }
    if (node.el === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node.el, cursor);
  });
}

function forget(node) {
  if (node.tag === '#lazy') {
    forget(node.inner);
    return;
  }
  if (typeof node.held?.cleanup === 'function') node.held.cleanup();
  for (const child of node.children ?? []) forget(child);
}

function same(one, other) {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
