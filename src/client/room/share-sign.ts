/** Asks before anybody looks at a run, and says as long as somebody does. */
import { share as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { make, makeButton } from './make.ts';
import type { Share } from './share.ts';
import { createShareTabs } from './share-tabs.ts';

export interface ShareSign {
  readonly element: HTMLElement;
  render(): void;
}

/** As its step is called on this page. */
const titleOf = (step: string): string =>
  document.querySelector(`lab-step[data-step="${CSS.escape(step)}"]`)?.ariaLabel ?? step;

export const createShareSign = (share: Share): ShareSign => {
  const line = new BroadcastChannel('lab:room-share');
  const tabs = createShareTabs(share, line, titleOf, () => render());
  addEventListener('pagehide', tabs.leave);
  const question = make('p', { role: 'alert' });
  const show = makeButton('show', strings.show, tabs.agree);
  const refuse = makeButton('refuse', strings.refuse, tabs.refuse);
  const asked = make('div', { 'data-part': 'asked', class: 'line' }, question, show, refuse);
  const sign = make('p', { role: 'status' });
  const stop = makeButton('stop-sharing', strings.stop, tabs.revoke);
  const shared = make('div', { 'data-part': 'shared', class: 'line' }, sign, stop);
  const element = make('div', {}, asked, shared);
  const render = (): void => {
    tabs.update();
    const { asked: run } = share;
    asked.hidden = run === undefined;
    show.hidden = run === null;
    setText(refuse, run === null ? strings.ok : strings.refuse);
    setText(
      question,
      run === undefined ? '' : run === null ? strings.nothing : strings.asked(titleOf(run.step)),
    );
    const { looked } = tabs;
    shared.hidden = looked === undefined;
    setText(sign, looked === undefined ? '' : strings.shared(looked.title));
  };
  return { element, render };
};
