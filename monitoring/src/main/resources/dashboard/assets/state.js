// What the page knows. Views read `state`, change it through the functions here, and are drawn again once per frame.
import * as api from './api.js';
import { STAGES, brief, needsPerson, plural, waitingFor } from './format.js';
import { onRefused } from './session.js';
import { openStream } from './stream.js';

const PAGE = 200;
const MOST_LIVE = 4000;
const MOST_FINISHED = 60;

export const state = {
  items: new Map(),
  stages: [],
  pausedRepos: [],
  sandbox: null,
  summary: null,
  loaded: false,
  problem: null,
  connection: 'connecting',
  signIn: null,
  version: null,
  outdated: false,
  partial: false,
  filter: { text: '', repo: '', kind: '' },
  toasts: [],
};

let draw = () => {};
let drawing = false;
let restUntil = 0;
let retry;
const watchers = new Set();
const rejoiners = new Set();
let lostAt = null;

export function onChange(render) {
  draw = render;
}

/** ISO times and ids compare as they are; nothing an item lacks makes it throw. */
function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Says that something changed. Any number of calls cost one drawing. */
export function changed() {
  if (drawing) return;
  drawing = true;
  // A hidden tab gets no frames. Under a flood of events drawing takes a third of the time at most.
  const rest = restUntil - performance.now();
  if (document.hidden) setTimeout(frame, 1000);
  else if (rest > 16) setTimeout(() => requestAnimationFrame(frame), rest);
  else requestAnimationFrame(frame);
}

function frame() {
  if (drawing) changedNow();
}

/** For what is asked for by a key: the next key must find it there already. */
export function changedNow() {
  drawing = false;
  const began = performance.now();
  draw();
  const ended = performance.now();
  restUntil = ended + 2 * (ended - began);
}

/** Hears about every item that changed, until the returned function is called. */
export function watchItems(listener) {
  watchers.add(listener);
  return () => watchers.delete(listener);
}

/** Hears when the page is connected after it was not, until the returned function is called. */
export function onRejoin(listener) {
  rejoiners.add(listener);
  return () => rejoiners.delete(listener);
}

export function putItem(given) {
  if (!given?.id) return;
  const known = state.items.get(given.id);
  // Lists and the stream leave the attempts out; what was fetched before is not lost for that.
  const item = given.attempts?.length || !known?.attempts?.length ? given : { ...given, attempts: known.attempts };
  if (known && Date.parse(known.updated_at) > Date.parse(item.updated_at)) return;
  state.items.set(item.id, item);
  if (state.loaded && needsPerson(item) && !(known && needsPerson(known))) say(`${item.title || item.id} waits for ${waitingFor(item)}`);
  for (const listener of watchers) listener(item, known);
  changed();
}

export function putStages(body) {
  state.stages = STAGES.map((name) => body.stages?.find((stage) => stage.name === name) ?? { name, capacity: 0, running: 0, queued: 0, waiting: 0 });
  state.pausedRepos = body.paused_repos ?? [];
  state.sandbox = body.sandbox ?? null;
  changed();
}

/** Items by stage, live ones only, filtered; the order is the order of attention. */
export function lanes() {
  const rank = { running: 0, waiting: 1, queued: 2 };
  const result = new Map(STAGES.map((stage) => [stage, []]));
  for (const item of state.items.values()) {
    if (item.status !== 'finished' && passes(item)) result.get(item.stage)?.push(item);
  }
  for (const items of result.values()) {
    items.sort((a, b) =>
      rank[a.status] - rank[b.status] || Number(needsPerson(b)) - Number(needsPerson(a)) ||
      (a.priority || 9) - (b.priority || 9) || compare(a.created_at, b.created_at) || compare(a.id, b.id));
  }
  return result;
}

export function finished() {
  return [...state.items.values()]
    .filter((item) => item.status === 'finished' && passes(item))
    .sort((a, b) => compare(b.updated_at, a.updated_at));
}

/** What a person has to decide, oldest first, most urgent first. */
export function waitingForPerson() {
  return [...state.items.values()]
    .filter(needsPerson)
    .sort((a, b) => (a.priority || 9) - (b.priority || 9) || compare(a.updated_at, b.updated_at) || compare(a.id, b.id));
}

export function choices(field) {
  return [...new Set([...state.items.values()].map((item) => item[field]).filter(Boolean))].sort();
}

export function passes(item) {
  const { text, repo, kind } = state.filter;
  if (repo && item.repo !== repo) return false;
  if (kind && item.kind !== kind) return false;
  if (!text) return true;
  const hay = `${item.id} ${item.title} ${item.repo} ${item.kind} ${item.agent ?? ''} ${(item.labels ?? []).join(' ')}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => hay.includes(word));
}

export function toast(message, tone = 'plain') {
  const note = { id: Math.random(), message, tone };
  state.toasts = [...state.toasts.slice(-3), note];
  say(message);
  setTimeout(() => {
    state.toasts = state.toasts.filter((other) => other !== note);
    changed();
  }, 6000);
  changed();
}

/** Tells those who listen instead of looking. */
function say(message) {
  document.getElementById('announcer').textContent = message;
}

/** Fetches everything the floor needs. What is no longer alive on the server is forgotten. */
export async function refresh() {
  clearTimeout(retry);
  const asked = new Date().toISOString();
  const before = lostAt === null ? null : new Map(state.items);
  try {
    const [stages, summary, running, waiting, queued, done] = await Promise.all([
      api.getStages(), api.getSummary(), live('running'), live('waiting'), live('queued'), api.listItems({ status: 'finished', limit: MOST_FINISHED }),
    ]);
    const all = [...running, ...waiting, ...queued, ...done.items];
    const seen = new Set(all.map((item) => item.id));
    for (const item of [...state.items.values()]) {
      if (!seen.has(item.id) && item.updated_at < asked && !state.partial) state.items.delete(item.id);
    }
    all.forEach(putItem);
    putStages(stages);
    state.summary = summary;
    state.loaded = true;
    state.problem = null;
    if (before) meanwhile(before);
  } catch (problem) {
    state.problem = problem;
    // Without a connection the next one brings everything anew.
    if (state.connection === 'live') retry = setTimeout(refresh, 3000);
  }
  changed();
}

/** Says what happened while the page was cut off. */
function meanwhile(before) {
  const moved = [...state.items.values()].filter((item) => before.get(item.id)?.updated_at !== item.updated_at);
  toast(`The factory is back after ${brief((Date.now() - lostAt) / 1000)}. ${moved.length > 0 ? `Meanwhile ${plural(moved.length, 'item')} moved.` : 'Nothing moved meanwhile.'}`, 'good');
  lostAt = null;
}

async function live(status) {
  const items = [];
  let cursor;
  do {
    const page = await api.listItems({ status, limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < MOST_LIVE / 3);
  state.partial = Boolean(cursor) || (state.partial && status !== 'queued');
  return items;
}

function prune() {
  const old = [...state.items.values()].filter((item) => item.status === 'finished').sort((a, b) => compare(b.updated_at, a.updated_at));
  old.slice(MOST_FINISHED).forEach((item) => state.items.delete(item.id));
}

/** Connects, keeps connected, and keeps the page true. */
export function start() {
  const heard = {
    item: putItem,
    stages: putStages,
    lagged: refresh,
    summary(summary) {
      state.summary = summary;
      changed();
    },
    hello({ version }) {
      state.outdated = state.version !== null && version !== state.version;
      state.version ??= version;
    },
  };
  onRefused((wrong) => {
    state.signIn = wrong ? 'wrong' : 'needed';
    changed();
  });
  const stream = openStream(api.streamPath, {
    connected() {
      state.connection = 'live';
      changed();
      refresh();
      rejoiners.forEach((listener) => listener());
    },
    lost() {
      if (state.connection === 'live') lostAt = Date.now();
      state.connection = 'lost';
      changed();
    },
    event(name, data) {
      heard[name]?.(JSON.parse(data));
    },
  });
  setInterval(() => document.hidden || changed(), 1000);
  setInterval(prune, 10000);
  return stream;
}
