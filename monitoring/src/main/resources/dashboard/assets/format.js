// How values read. Pure functions: no page, no network.

export const STAGES = ['triage', 'codegen', 'validation', 'release', 'documentation', 'monitoring'];

const DAY = 86400;

/** 0.4s, 42s, 3m 08s, 2h 05m, 4d 3h. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(Number(seconds))) return '–';
  if (seconds > 0 && seconds < 9.95) return `${Number(seconds).toFixed(1).replace(/\.0$/, '')}s`;
  const whole = Math.max(0, Math.round(Number(seconds)));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  if (whole < DAY) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  return `${Math.floor(whole / DAY)}d ${Math.floor((whole % DAY) / 3600)}h`;
}

/** One unit only: 42s, 3m, 2h, 4d. */
export function brief(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(Number(seconds))) return '–';
  const whole = Math.max(0, Math.round(Number(seconds)));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m`;
  if (whole < DAY) return `${Math.floor(whole / 3600)}h`;
  return `${Math.floor(whole / DAY)}d`;
}

export function secondsSince(iso, now = Date.now()) {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : Math.max(0, (now - at) / 1000);
}

export function secondsBetween(from, to) {
  const span = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isNaN(span) ? null : Math.max(0, span);
}

export function clock(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '–' : `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function fullTime(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '' : at.toLocaleString();
}

export function percent(share) {
  if (share === null || share === undefined || !Number.isFinite(Number(share))) return '–';
  return `${Math.round(Number(share) * 100)}%`;
}

export function rate(passed, failed) {
  const all = (passed ?? 0) + (failed ?? 0);
  return all === 0 ? null : passed / all;
}

export function compact(number) {
  const value = Number(number ?? 0);
  if (value < 1000) return String(value);
  if (value < 1e6) return `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)}k`;
  return `${(value / 1e6).toFixed(1)}M`;
}

export function money(usd) {
  const value = Number(usd ?? 0);
  return value === 0 ? '$0' : value < 0.01 ? '<$0.01' : `$${value.toFixed(2)}`;
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** `AttemptEnded`, `attempt-ended` and `attempt_ended` all read "Attempt ended". */
export function words(name) {
  const spaced = String(name ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .toLowerCase()
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function snake(name) {
  return words(name).toLowerCase().replace(/ /g, '_');
}

export function shortHash(hash) {
  return String(hash ?? '').slice(0, 8);
}

/** Only web addresses become links; everything else stays text. */
export function webAddress(url) {
  if (typeof url !== 'string' || url === '') return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}

/** Why an item waits, as a person would say it. */
export function waitingFor(item) {
  switch (item.waiting_on) {
    case 'review': return 'a review';
    case 'answer': return 'an answer';
    case 'approval': return 'an approval';
    case 'time': return 'its next try';
    case 'budget': return 'budget';
    case 'capacity': return 'a free slot';
    case 'landing': return 'its turn to land';
    default: return words(item.waiting_on).toLowerCase() || 'something';
  }
}

/** Does a person have to act before this item goes on? */
export function needsPerson(item) {
  return item.status === 'waiting' && ['review', 'answer', 'approval', 'budget'].includes(item.waiting_on);
}

export function resultWord(result) {
  return result === 'done' ? 'Done' : words(result ?? 'finished');
}

function two(number) {
  return String(number).padStart(2, '0');
}
