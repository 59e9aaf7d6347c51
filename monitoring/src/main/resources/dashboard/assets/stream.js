// Server-sent events over fetch: EventSource can send no token, gives up for good on some failures, and notices nothing
// of a connection that died in its sleep. Reconnects by itself, with growing pauses, where the last event's id left off.
import { headers, refused } from './session.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
// The server says something every fifteen seconds.
const SILENCE_MS = 40000;
// A browser opens six connections to a server; tabs that nobody looks at must not hold them all.
const HIDDEN_MS = 60000;

/** `handlers`: `{connected(), lost(inMs), event(name, data)}`. `lastId` is where to begin. */
export function openStream(path, handlers, lastId = null) {
  let attempt = null;
  let pause = FIRST_PAUSE_MS;
  let timer = null;
  let hiding = null;

  async function connect() {
    const mine = new AbortController();
    attempt = mine;
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => mine.abort(), SILENCE_MS);
    };
    try {
      alive();
      const response = await fetch(path, {
        headers: { accept: 'text/event-stream', ...headers(), ...(lastId === null ? {} : { 'last-event-id': lastId }) },
        cache: 'no-store',
        signal: mine.signal,
      });
      if (response.status === 401) {
        stop();
        refused();
        return;
      }
      if (response.ok) {
        pause = FIRST_PAUSE_MS;
        handlers.connected?.();
        await read(response.body, alive);
      }
    } catch {
      // Refused, cut off or silent for too long: all the same, it is tried again.
    } finally {
      clearTimeout(watchdog);
    }
    if (attempt === mine) again();
  }

  async function read(body, alive) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(deliver);
    }
  }

  function deliver(block) {
    let name = 'message';
    const data = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') name = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') lastId = value;
    }
    if (data.length === 0) return;
    try {
      handlers.event(name, data.join('\n'));
    } catch (failed) {
      // One event that this page does not understand is no reason to connect again, and to get it again.
      console.error(failed);
    }
  }

  function again() {
    attempt = null;
    const wait = pause * (0.75 + Math.random() / 2);
    pause = Math.min(pause * 1.7, LONGEST_PAUSE_MS);
    timer = setTimeout(connect, wait);
    handlers.lost?.(wait);
  }

  function letGo() {
    clearTimeout(timer);
    const old = attempt;
    attempt = null;
    old?.abort();
  }

  function now() {
    letGo();
    pause = FIRST_PAUSE_MS;
    connect();
  }

  function seen() {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(letGo, HIDDEN_MS);
    else if (attempt === null) now();
  }

  function stop() {
    letGo();
    clearTimeout(hiding);
    removeEventListener('online', now);
    document.removeEventListener('visibilitychange', seen);
  }

  function start() {
    addEventListener('online', now);
    document.addEventListener('visibilitychange', seen);
    now();
  }

  start();
  return { now: start, stop };
}
