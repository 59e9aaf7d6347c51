// The server's interface, one function per route. Nothing else in the dashboard calls fetch.

const ROOT = '/api/v1';
const PATIENCE_MS = 20000;

/** What the server said no with, or that it did not answer (`status` 0). */
export class ApiError extends Error {
  constructor(status, code, message, hint, field) {
    super(message);
    Object.assign(this, { status, code, hint, field });
  }
}

const one = (id) => `${ROOT}/items/${encodeURIComponent(id)}`;

export function listItems(query = {}) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, value);
  }
  return json(`${ROOT}/items?${params}`);
}

export const getItem = (id, signal) => json(one(id), { signal });
export const getHistory = (id, signal) => json(`${one(id)}/history`, { signal });
export const getContext = (id, signal) => json(`${one(id)}/context`, { signal });
export const getEvidence = (id, signal) => json(`${one(id)}/evidence`, { signal });
export const getStages = () => json(`${ROOT}/stages`);
export const getSummary = () => json(`${ROOT}/metrics/summary`);

export async function getDiff(id, signal) {
  return (await request(`${one(id)}/diff`, { signal, headers: { accept: 'text/x-diff, text/plain' } })).text();
}

/** `verb` is approve, reject, rework, answer, cancel or retry. Answers with the item as it is afterwards. */
export const decide = (id, verb, body = {}) => json(`${one(id)}/${verb}`, post(body));
export const pause = (what) => json(`${ROOT}/pause`, post(what));
export const resume = (what) => json(`${ROOT}/resume`, post(what));

/**
 * The transcript from byte `from` on, or its last `tail` bytes at first. Works without range support as well, where
 * it keeps only the end of what comes. Gives `{text, end, appended, cut}`.
 */
export async function getTranscript(id, from, tail, signal) {
  const range = from === null ? `bytes=-${tail}` : `bytes=${from}-`;
  let response;
  try {
    response = await request(`${one(id)}/transcript`, { signal, patience: 120000, headers: { accept: 'text/plain', range } });
  } catch (refused) {
    if (refused.status === 416) return { text: '', end: from ?? 0, appended: true, cut: false };
    throw refused;
  }
  if (response.status === 204) return { text: '', end: 0, appended: false, cut: false };
  if (response.status === 206) {
    const [, start, end] = /bytes (\d+)-(\d+)/.exec(response.headers.get('content-range') ?? '') ?? [];
    return { text: await response.text(), end: Number(end ?? 0) + 1, appended: from !== null, cut: from === null && Number(start) > 0 };
  }
  return wholeTranscript(response, tail);
}

async function wholeTranscript(response, tail) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let cut = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return { text, end: null, appended: false, cut };
    text += value;
    if (text.length > 2 * tail) {
      text = text.slice(-tail);
      cut = true;
    }
  }
}

function post(body) {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function json(url, options) {
  const response = await request(url, options);
  if (response.status === 204) return null;
  const text = await response.text();
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    throw new ApiError(response.status, 'not_json', 'The server answered with something that is not JSON.');
  }
}

async function request(url, { signal, patience = PATIENCE_MS, headers, ...options } = {}) {
  const limit = AbortSignal.timeout(patience);
  let response;
  try {
    response = await fetch(url, {
      ...options,
      headers: { accept: 'application/json', ...headers },
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (failed) {
    if (signal?.aborted) throw failed;
    throw new ApiError(0, 'unreachable', 'The factory does not answer.', 'Is it running? This page tries again by itself.');
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  let error = {};
  try {
    error = JSON.parse(await response.text())?.error ?? {};
  } catch {
    // A proxy in between may answer with a page of its own; the status has to do.
  }
  return new ApiError(response.status, error.code ?? 'error', error.message ?? `The server answered ${response.status}.`, error.hint, error.field);
}
