// Asks for the token of a factory that wants one.
import * as api from './api.js';
import { icon } from './icons.js';
import { keep } from './session.js';
import { changed, state } from './state.js';
import { h } from './view.js';

let busy = false;
let problem = null;

export function signIn(stream) {
  const wrong = state.signIn === 'wrong' && 'This token is not valid here.';
  return h('form', { class: 'sign-in sheet', onsubmit: (event) => { event.preventDefault(); enter(event.target.elements.token, stream); } },
    h('img', { src: '/assets/logo.svg', alt: '', width: 44, height: 44 }),
    h('h1', {}, 'Sign in'),
    h('p', { class: 'quiet' }, 'This factory asks for a token: the value of one of its ', h('code', {}, 'server.tokens'), '. This tab keeps it until it is closed.'),
    h('label', {}, h('span', {}, 'Token'), h('input', {
      type: 'password', name: 'token', required: true, autocomplete: 'off', spellcheck: 'false', 'aria-invalid': wrong ? 'true' : null, 'aria-describedby': wrong || problem ? 'sign-in-problem' : null, use: (el) => { el.focus(); },
    })),
    (wrong || problem) && h('p', { class: 'bad-text', id: 'sign-in-problem', role: 'alert' }, icon('warn'), ' ', problem ?? wrong),
    h('button', { type: 'submit', class: 'button main', disabled: busy }, busy ? 'Signing in' : 'Sign in'));
}

async function enter(field, stream) {
  keep(field.value.trim());
  busy = true;
  problem = null;
  changed();
  try {
    await api.getStages();
    state.signIn = null;
    stream.now();
  } catch (refused) {
    // A token that was refused has said so itself.
    if (refused.status !== 401) problem = refused.message;
    field.select();
  }
  busy = false;
  changed();
}
