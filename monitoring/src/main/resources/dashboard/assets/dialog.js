// Modal questions, on the browser's own dialog element: it traps focus, closes on Escape and gives focus back.
import { h } from './view.js';

/** A dialog that opens itself as soon as it is drawn. */
export function dialog({ label, tone = '', onClose }, ...content) {
  return h('dialog', {
    class: `dialog ${tone}`, 'aria-label': label, onclose: onClose,
    onclick: (event) => event.target === event.currentTarget && event.currentTarget.close(),
    use: (el) => {
      el.showModal();
      return () => el.open && el.close();
    },
  }, h('div', { class: 'dialog-body' }, content));
}
