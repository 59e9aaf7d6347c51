// The server's interface, one function per route. Nothing else in the dashboard but the streams calls fetch.
import { headers as authorization, refused } from './session.js';

const ROOT = '/api/v1';
const PATIENCE_MS = 20000;
const DOWNLOAD_MS = 120000;

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

/** At most `most` characters of the change: `{text, cut}`, cut at the end of a line. */
export async function getDiff(id, most, signal) {
  const response = await request(`${one(id)}/diff`, { signal, patience: DOWNLOAD_MS, headers: { accept: 'text/x-diff, text/plain' } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (text.length <= most) {
    const { value, done } = await reader.read();
    if (done) return { text, cut: false };
    text += value;
  }
  reader.cancel();
  return { text: text.slice(0, text.lastIndexOf('\n', most) + 1), cut: true };
}

/** Saves all of a diff or transcript as a file; a link could not show the token. */
export async function save(id, what) {
  const response = await request(`${one(id)}/${what}`, { patience: DOWNLOAD_MS, headers: { accept: '*/*' } });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${id}.${what === 'diff' ? 'diff' : 'log'}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** `verb` is approve, reject, rework, answer, cancel or retry. Answers with the item as it is afterwards. */
export const decide = (id, verb, body = {}) => json(`${one(id)}/${verb}`, post(body));
export const pause = (what) => json(`${ROOT}/pause`, post(what));
export const resume = (what) => json(`${ROOT}/resume`, post(what));

export const listDeliveries = (query) => json(`${ROOT}/deliveries?${new URLSearchParams(query)}`);
export const getDelivery = (id) => json(`${ROOT}/deliveries/${encodeURIComponent(id)}`);
export const replayDelivery = (id) => json(`${ROOT}/deliveries/${encodeURIComponent(id)}/replay`, post({}));
export const refreshBoards = () => json(`${ROOT}/refresh`, post({}));
export const intakePath = `${ROOT}/intake/stream`;

export const streamPath = `${ROOT}/stream`;
export const eventsPath = (id) => `${one(id)}/events`;

/** The last `tail` bytes of the transcript: `{text, end, cut}`, where `end` is the byte after them. */
export async function getTranscript(id, tail, signal) {
  try {
    const response = await request(`${one(id)}/transcript`, { signal, headers: { accept: 'text/plain', range: `bytes=-${tail}` } });
    const [, start, end] = /bytes (\d+)-(\d+)/.exec(response.headers.get('content-range')) ?? [null, 0, -1];
    return { text: await response.text(), end: Number(end) + 1, cut: Number(start) > 0 };
  } catch (problem) {
    if (problem.status === 416) return { text: '', end: 0, cut: false };
    throw problem;
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
      headers: { accept: 'application/json', ...authorization(), ...headers },
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (failed) {
    if (signal?.aborted) throw failed;
    throw new ApiError(0, 'unreachable', 'The factory does not answer.', 'Is it running? This page tries again by itself.');
  }
  if (response.status === 401) refused();
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
