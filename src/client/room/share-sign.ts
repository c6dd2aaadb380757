/** Asks before anybody looks at a run, and says as long as somebody does. */
import { share as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { make, makeButton } from './make.ts';
import type { Share } from './share.ts';
import { decideInAllTabs } from './share-tabs.ts';

export interface ShareSign {
  readonly element: HTMLElement;
  render(): void;
}

/** As its step is called on this page. */
const titleOf = (step: string): string =>
  document.querySelector(`lab-step[data-step="${CSS.escape(step)}"]`)?.ariaLabel ?? step;

export const createShareSign = (share: Share): ShareSign => {
  const tell = decideInAllTabs(share);
  const question = make('p', { role: 'alert' });
  const show = makeButton('show', strings.show, () => {
    share.agree();
    tell('agreed');
  });
  const refuse = makeButton('refuse', strings.refuse, () => {
    share.refuse();
    tell('refused');
  });
  const asked = make('div', { 'data-part': 'asked', class: 'line' }, question, show, refuse);
  const sign = make('p', { role: 'status' });
  const stop = makeButton('stop-sharing', strings.stop, () => {
    share.revoke();
    tell('revoked');
  });
  const shared = make('div', { 'data-part': 'shared', class: 'line' }, sign, stop);
  const element = make('div', {}, asked, shared);
  return {
    element,
    render: () => {
      const { asked: run, shared: looked } = share;
      asked.hidden = run === undefined;
      show.hidden = run === null;
      setText(refuse, run === null ? strings.ok : strings.refuse);
      setText(
        question,
        run === undefined ? '' : run === null ? strings.nothing : strings.asked(titleOf(run.step)),
      );
      shared.hidden = looked === undefined;
      setText(sign, looked === undefined ? '' : strings.shared(titleOf(looked.step)));
    },
  };
};
