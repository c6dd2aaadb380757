import { announcement as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import { part, typed } from './parts.ts';
import type { Desk, View } from './view.ts';

export const createAnnouncementView = (root: HTMLElement, desk: Desk): View => {
  const form = part<HTMLFormElement>(root, 'announce');
  const clear = part(root, 'unannounce');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = typed(form, 'text');
    if (text !== '' && desk.command({ kind: 'announce', text })) form.reset();
  });
  clear.addEventListener('click', () => desk.command({ kind: 'announce', text: null }));
  return {
    render: ({ room: { announcement } }) => {
      setText(part(root, 'announced-text'), announcement?.text ?? strings.none);
      part(root, 'announced').toggleAttribute('data-on', announcement !== null);
      clear.hidden = announcement === null;
    },
  };
};
