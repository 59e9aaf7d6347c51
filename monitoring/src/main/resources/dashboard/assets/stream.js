// The live connection. EventSource gives up for good on some failures, so reconnecting is done here: with growing
// pauses, at once when the browser says the network or the tab is back, and always telling `connected` to fetch anew.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
const SLEPT_MS = 90000;

/** `handlers`: `{connected(), lost(inMs), item(data), stages(data), hello(data), lagged()}`. */
export function openStream(handlers) {
  let source = null;
  let pause = FIRST_PAUSE_MS;
  let timer = null;
  let hiddenAt = null;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource('/api/v1/stream');
    source.onopen = () => {
      pause = FIRST_PAUSE_MS;
      handlers.connected();
    };
    source.onerror = again;
    for (const name of ['item', 'stages', 'hello', 'lagged']) {
      source.addEventListener(name, (event) => deliver(name, event.data));
    }
  }

  function deliver(name, data) {
    let parsed;
    try {
      parsed = JSON.parse(data);
    } catch {
      return;
    }
    handlers[name](parsed);
  }

  function again() {
    source.close();
    const wait = pause * (0.75 + Math.random() / 2);
    pause = Math.min(pause * 1.7, LONGEST_PAUSE_MS);
    handlers.lost(wait);
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
  }

  function now() {
    pause = FIRST_PAUSE_MS;
    connect();
  }

  addEventListener('online', now);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now();
    } else if (source.readyState === EventSource.CLOSED || Date.now() - (hiddenAt ?? Date.now()) > SLEPT_MS) {
      // A laptop that slept may hold a connection that is long dead without knowing.
      now();
    }
  });
  connect();
  return { now };
}
