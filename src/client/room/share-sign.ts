/** Asks before anybody looks at a run, and says as long as somebody does. */
import { share as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { stepOf, urlOf } from './go.ts';
import { make, makeButton } from './make.ts';
import type { Share } from './share.ts';
import { createShareTabs } from './share-tabs.ts';
import { createStepTitles } from './step-titles.ts';

export interface ShareSign {
  readonly element: HTMLElement;
  render(): void;
}

/** @param isLost whether the class hears nothing now. */
export const createShareSign = (share: Share, isLost: () => boolean): ShareSign => {
  const titleOf = createStepTitles(() => render());
  const line = new BroadcastChannel('lab:room-share');
  const tabs = createShareTabs(share, line, titleOf, () => render());
  addEventListener('pagehide', tabs.leave);
  const question = make('p', { role: 'alert' });
  const show = makeButton('show', strings.show, tabs.agree);
  const refuse = makeButton('refuse', strings.refuse, tabs.refuse);
  // In a tab of its own: in this one, it goes on being asked.
  const step = make('a', { target: '_blank', rel: 'noopener' }, strings.step);
  const asked = make('div', { 'data-part': 'asked', class: 'line' }, question, show, refuse, step);
  const sign = make('p', { role: 'status' });
  const stop = makeButton('stop-sharing', strings.stop, tabs.revoke);
  const read = makeButton('read-end', strings.ok, tabs.read);
  const shared = make('div', { 'data-part': 'shared', class: 'line' }, sign, stop, read);
  const element = make('div', {}, asked, shared);
  const render = (): void => {
    tabs.update();
    const { asked: run, notBegun } = share;
    asked.hidden = run === undefined;
    show.hidden = run === null;
    step.hidden = !run || stepOf(run) !== null;
    if (run) step.href = urlOf({ chapter: run.step.split('/')[0] ?? '', step: run.step });
    setText(refuse, run === null ? strings.ok : strings.refuse);
    const nothing = notBegun === undefined ? strings.nothing : strings.notBegun(titleOf(notBegun));
    const words = run?.anew ? strings.askedAnew : strings.asked;
    setText(question, run === undefined ? '' : run === null ? nothing : words(titleOf(run.step)));
    const { looked, replaced } = tabs;
    const ended = replaced === undefined || run !== undefined ? '' : strings.replaced(replaced);
    shared.hidden = looked === undefined && ended === '';
    shared.toggleAttribute('data-ended', looked === undefined);
    stop.hidden = looked === undefined;
    read.hidden = looked !== undefined;
    const look = isLost() ? strings.sharedLost : strings.shared;
    setText(sign, looked === undefined ? ended : look(looked.title));
  };
  return { element, render };
};
