// The token of a factory that asks for one: kept in this tab, sent as a header, never part of an address.

const KEY = 'millwright.token';

let token = read();
let listener = () => {};

function read() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const held = () => token !== null;

export const headers = () => (token === null ? {} : { authorization: `Bearer ${token}` });

/** Keeps a token, or forgets it with `null`. Where storage is forbidden it lives as long as the page. */
export function keep(given) {
  token = given;
  try {
    if (given === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, given);
  } catch {
    // Kept in memory only then.
  }
}

/** Hears that the server wants a token, or another one: `listener(wrong)`. */
export function onRefused(hear) {
  listener = hear;
}

export function refused() {
  listener(held());
}
