// Intake: how the boards stand, what webhooks brought, and for each delivery why something or nothing came of it.
import * as api from './api.js';
import { deliveryTable, refusals } from './deliveries.js';
import { brief, clock, compact, plural, words } from './format.js';
import { icon } from './icons.js';
import { bind } from './keyboard.js';
import { ago, empty, loading, trouble } from './parts.js';
import { go, here } from './router.js';
import { changed, toast } from './state.js';
import { openStream } from './stream.js';
import { h } from './view.js';

const KINDS = { github: 'GitHub', gitlab: 'GitLab', folder: 'Folder', jira: 'Jira', linear: 'Linear', asana: 'Asana' };
const SHOWN = [['', 'All'], ['work', 'Made work'], ['nothing', 'Came to nothing'], ['dead', 'Dead letters']];

let boards = null;
let newest = null;
let found = { deliveries: null, before: null, problem: null, busy: false };
let asked = 0;

export const intake = {
  title: 'Intake',
  enter() {
    const letGo = bind('Intake', {
      j: ['Next delivery', () => step(1)],
      k: ['Previous delivery', () => step(-1)],
      e: ['Replay the delivery', () => document.activeElement?.closest?.('tr')?.querySelector('.replay')?.click()],
      l: ['Look at all boards now', look],
    });
    const stream = openStream(api.intakePath, {
      event(name, data) {
        if (name === 'boards') boards = JSON.parse(data).boards;
        if (name === 'deliveries') {
          newest = JSON.parse(data);
          search();
        }
        changed();
      },
    });
    return () => {
      letGo();
      stream.stop();
    };
  },
  moved: search,
  render() {
    return h('div', { class: 'page intake' },
      h('header', { class: 'page-head' }, h('h1', {}, 'Intake'),
        h('p', { class: 'quiet' }, summary()),
        h('button', { type: 'button', class: 'button small look', 'aria-keyshortcuts': 'l', onclick: look, disabled: !boards?.length }, icon('search'), 'Look at all boards now', h('kbd', { 'aria-hidden': 'true' }, 'l'))),
      h('section', { 'aria-label': 'Boards' }, boardsView()),
      h('section', { class: 'deliveries', 'aria-label': 'Deliveries' },
        h('header', {}, h('h2', {}, 'What webhooks brought'), filters()),
        deadLetters(),
        deliveriesView()),
      refusals(newest?.refused));
  },
};

function summary() {
  if (boards === null) return null;
  const wrong = boards.filter((board) => board.fault).length;
  return [plural(boards.length, 'board'), wrong > 0 && [' · ', h('span', { class: 'bad-text' }, `${wrong} in trouble`)],
    ' · ', plural(boards.reduce((sum, board) => sum + board.claimed, 0), 'ticket'), ' taken'];
}

function boardsView() {
  if (boards === null) return loading(4);
  if (boards.length === 0) {
    return h('p', { class: 'sheet no-boards' }, h('b', {}, 'No boards. '), 'The factory can take its work from Linear, GitHub, GitLab, Jira, Asana or a folder of Markdown files: add one under ', h('code', {}, 'boards'), ' in ', h('code', {}, 'millwright.yaml'), '.');
  }
  return h('ul', { class: 'boards' }, boards.map((board) => h('li', { key: board.name, class: `sheet board ${health(board)[0]}` },
    h('header', {}, h('h2', {}, board.name), h('span', { class: 'kind' }, KINDS[board.kind] ?? words(board.kind)), board.repo && h('span', { class: 'repo' }, board.repo), standing(board)),
    h('dl', { class: 'figures' }, [['Seen', board.seen], ['Eligible', board.eligible], ['Taken', board.claimed], ['Need a person', board.waiting]]
      .map(([name, count]) => h('div', { key: name, class: count === 0 ? 'zero' : '' }, h('dt', {}, name), h('dd', { class: 'num' }, compact(count))))),
    share(board),
    h('p', { class: 'looks' }, looked(board), h('span', {}, next(board))),
    limit(board.reach),
    board.fault && h('p', { class: 'fault', role: 'status' }, icon('warn'), h('span', {}, h('code', {}, board.fault.code), ' ', board.fault.reason)),
    unreadable(board.unreadable ?? []))));
}

function unreadable(tickets) {
  if (tickets.length === 0) return null;
  return h('details', { class: 'unreadable' }, h('summary', {}, icon('warn'), ` ${plural(tickets.length, 'ticket')} cannot be read`),
    h('ul', {}, tickets.map((ticket) => h('li', { key: ticket }, ticket))));
}

function health(board) {
  if (board.fault) return ['bad', board.reach.circuit === 'open' ? 'Left alone' : 'In trouble'];
  if (board.checking) return ['run', 'Looking'];
  return board.last_at ? ['good', 'Live'] : ['idle', 'Not read yet'];
}

function standing(board) {
  const [tone, word] = health(board);
  return h('span', { class: `status ${tone}` }, h('i', { class: 'dot', 'aria-hidden': 'true' }), word);
}

/** What became of the tickets it has, as one bar with a word for each part. */
function share(board) {
  const other = Math.max(0, board.claimed - board.at_work - board.waiting);
  const rest = Math.max(0, board.seen - board.claimed - board.eligible);
  const parts = [['busy', board.at_work, 'at work'], ['person', board.waiting, 'wait'], ['over', other, 'done'], ['ready', board.eligible, 'may start'], ['rest', rest, 'not yet']]
    .filter(([, count]) => count > 0);
  return h('div', { class: 'shares' },
    h('div', { class: 'share', 'aria-hidden': 'true' }, parts.length === 0 ? h('i', { key: 'none', class: 'rest' }) : parts.map(([tone, count]) => h('i', { key: tone, class: tone, style: { 'flex-grow': count } }))),
    h('ul', { class: 'legend' }, parts.length === 0 ? h('li', {}, 'no tickets') : parts.map(([tone, count, word]) => h('li', { key: tone, class: tone }, `${count} ${word}`))));
}

function looked(board) {
  return h('span', {}, board.last_at ? ['Read ', ago(board.last_at, ' ago')] : 'Never read');
}

function next(board) {
  if (board.checking) return 'looking now';
  if (board.reach.circuit === 'open' && board.reach.until) return `nobody asks until ${clock(board.reach.until)}`;
  if (!board.next_at) return '';
  const left = (Date.parse(board.next_at) - Date.now()) / 1000;
  return left > 0 ? `again in ${brief(left)}` : 'again at once';
}

function limit(reach) {
  if (reach.remaining === null || reach.remaining === undefined) return null;
  const most = reach.limit ?? 0;
  return h('p', { class: 'limit' },
    most > 0 && h('meter', { min: 0, max: most, low: most * 0.2, value: reach.remaining, 'aria-label': 'Questions left' }),
    h('span', { class: 'num' }, `${reach.remaining.toLocaleString('en')}${most > 0 ? ` of ${most.toLocaleString('en')}` : ''} questions left`),
    reach.full_at && h('span', { class: 'quiet' }, `full at ${clock(reach.full_at).slice(0, 5)}`));
}

function filters() {
  const now = here().params.get('show') ?? '';
  return h('div', { class: 'tabs', role: 'group', 'aria-label': 'Which deliveries' }, SHOWN.map(([show, name]) =>
    h('button', { key: show, type: 'button', class: 'button small plain', 'aria-pressed': String(show === now), onclick: () => go(`/intake${show ? `?show=${show}` : ''}`, { replace: true }) }, name)));
}

function deadLetters() {
  const dead = newest?.deliveries.filter((one) => one.status === 'dead') ?? [];
  if (dead.length === 0) return null;
  return h('p', { class: 'banner bad-soft', role: 'status' }, icon('warn'),
    h('span', {}, h('b', {}, plural(dead.length, 'dead letter')), ': given up after trying again and again. Mend the cause, then let the rules look once more.'),
    h('button', { type: 'button', class: 'button small', onclick: () => replay(dead.map((one) => one.id)) }, icon('play'), dead.length === 1 ? 'Replay it' : 'Replay all'));
}

function deliveriesView() {
  if (found.problem) return trouble(found.problem, search);
  if (found.deliveries === null) return loading(8);
  if (found.deliveries.length === 0) {
    return here().params.get('show')
      ? empty('None of these', 'No delivery ended so.')
      : empty('Nothing arrived yet', 'Each delivery of a webhook appears here within a second, with the rule that decided and the reason, also when nothing comes of it.');
  }
  return [deliveryTable(found.deliveries, replay),
    found.before && h('button', { key: 'more', type: 'button', class: 'more-button', disabled: found.busy, onclick: more }, found.busy ? 'Loading' : 'Load more')];
}

function query() {
  const show = here().params.get('show');
  return show === 'dead' ? { status: 'dead' } : show ? { verdict: show } : null;
}

async function search() {
  const mine = ++asked;
  try {
    const page = query() === null ? newest : await api.listDeliveries(query());
    if (mine === asked && page) found = { deliveries: page.deliveries, before: page.next_before, problem: null, busy: false };
  } catch (problem) {
    if (mine === asked) found = { ...found, problem };
  }
  changed();
}

async function more() {
  found.busy = true;
  changed();
  const mine = asked;
  try {
    const page = await api.listDeliveries({ ...query(), before: found.before });
    if (mine === asked) found = { deliveries: [...found.deliveries, ...page.deliveries], before: page.next_before, problem: null, busy: false };
  } catch (problem) {
    found = { ...found, problem, busy: false };
  }
  changed();
}

async function replay(ids) {
  try {
    for (const id of ids) await api.replayDelivery(id);
    toast(ids.length === 1 ? 'The rules look at it again' : `The rules look at ${ids.length} deliveries again`, 'good');
    search();
  } catch (problem) {
    toast(problem.message, 'bad');
  }
}

async function look() {
  try {
    await api.refreshBoards();
    toast('All boards are looked at now', 'good');
  } catch (problem) {
    toast(problem.message, 'bad');
  }
}

function step(by) {
  const rows = [...document.querySelectorAll('.deliveries .row-link')];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
}
