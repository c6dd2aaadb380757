/** The presenter's bar, in the place of a participant's: how many are there, and who needs somebody. */
import { present as strings } from '../../strings/present.ts';
import { countThere } from '../class/away.ts';
import { isWaiting } from '../class/help-queue.ts';
import { setText } from '../keep.ts';
import type { LargeType } from './large-type.ts';
import { make, makeButton } from './make.ts';
import { presentation } from './membership.ts';
import type { Presenter } from './present.ts';
import type { RoomConnection } from './room-connection.ts';
import { sayPage } from './say-page.ts';
import { createWhere } from './where.ts';

export interface PresentBar {
  say(text: string): void;
  remove(): void;
}

type Line = Pick<RoomConnection, 'state' | 'problem' | 'isClosed' | 'isElsewhere'>;

const stateText = ({ state, isClosed, isElsewhere }: Line): string => {
  if (state === 'open') return strings.on;
  if (state === 'connecting') return strings.connecting;
  if (isElsewhere) return strings.over;
  return isClosed ? strings.closed : strings.lost;
};

const problemOf = ({ state, problem }: Line): string => (state === 'lost' ? problem : '');

export const showPresentBar = (presenter: Presenter, large: LargeType): PresentBar => {
  const { line } = presenter;
  const state = make('strong', { 'data-part': 'state', role: 'status' });
  const online = make('span', { 'data-part': 'online' });
  const hands = make('span', { 'data-part': 'hands', role: 'status' });
  const where = createWhere();
  const dashboard = `${presentation.read()?.hub ?? ''}/workshop/class/`;
  const problem = make('p', { 'data-part': 'problem', role: 'status' });
  const words = make('p', { 'data-part': 'words', role: 'status' });
  const type = makeButton('large', strings.large, () => {
    large.set(!large.on);
    render();
  });
  const buttons = make(
    'span',
    { class: 'buttons' },
    make('a', { href: dashboard, target: '_blank', rel: 'noopener' }, strings.dashboard),
    type,
    makeButton('stop', strings.stop, () => presenter.stop()),
  );
  const bar = make(
    'room-bar' as 'div',
    { role: 'region', 'aria-label': strings.title, 'data-presents': '' },
    make('div', { class: 'row' }, state, online, hands, where.element, buttons),
    problem,
    words,
  );

  const render = (): void => {
    bar.dataset.state = line.state;
    setText(state, stateText(line));
    sayPage(problem, problemOf(line));
    // Of a class that is not there, nobody is.
    const known = line.state === 'open' ? presenter.class : undefined;
    const raised = Object.values(known?.room.participants ?? {}).filter(isWaiting);
    setText(
      online,
      known === undefined ? '' : strings.online(countThere(known, Date.now() + known.ahead)),
    );
    setText(hands, raised.length === 0 ? '' : strings.hands(raised.length));
    where.render(known?.room.place ?? null);
    type.ariaPressed = String(large.on);
  };
  presenter.subscribe(render);
  // Who has gone is away a while later: of that, there is no news.
  const ticking = setInterval(render, 5_000);
  document.querySelector('.page > .header')?.after(bar);
  if (!bar.isConnected) document.body.prepend(bar);
  const root = document.documentElement.style;
  const observer = new ResizeObserver(() =>
    root.setProperty('--lab-room', `${bar.isConnected ? bar.offsetHeight : 0}px`),
  );
  observer.observe(bar);
  return {
    say: (text) => setText(words, text),
    remove: () => {
      clearInterval(ticking);
      observer.disconnect();
      bar.remove();
      root.removeProperty('--lab-room');
    },
  };
};
