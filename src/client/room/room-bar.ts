/**
 * `<room-bar>`: the workshop on each page, under the site's head. It takes room of its own, whatever it
 * says, and covers nothing.
 */
import { mirror } from '../../strings/present.ts';
import { room as strings } from '../../strings/room.ts';
import barStyles from '../../styles/room-bar.css?inline';
import newsStyles from '../../styles/room-news.css?inline';
import pollStyles from '../../styles/room-poll.css?inline';
import shareStyles from '../../styles/room-share.css?inline';
import typedFont from '../../styles/typed-font.css?inline';
import { addStyles } from '../add-styles.ts';
import { setText } from '../keep.ts';
import { siteUrl } from '../site-url.ts';
import { createElsewhere } from './elsewhere.ts';
import { holdTarget, isJoinPage, openCheckpoint } from './go.ts';
import { hideLeaving, isLeavingHidden } from './leaving.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { leavers, participation } from './membership.ts';
import { isNamesake } from './namesake.ts';
import type { Room } from './room.ts';
import { createNews } from './room-news.ts';
import { createPoll } from './room-poll.ts';
import { sayPage } from './say-page.ts';
import { secondScreenOf } from './second-screen.ts';
import { createShareSign } from './share-sign.ts';
import { createTimer } from './timer.ts';
import { createWhere } from './where.ts';

addStyles(typedFont, barStyles, newsStyles, shareStyles, pollStyles);

export class RoomBar extends HTMLElement {
  show(room: Room): void {
    this.#name();
    const name = make('strong', { 'data-part': 'name' });
    const state = make('span', { 'data-part': 'state', role: 'status' });
    const timer = createTimer(
      () => room.now,
      () => toggle.focus(),
    );
    const follow = makeButton('follow', strings.follow, () => room.follower.set(!room.follower.on));
    const hand = makeButton('hand', strings.hand.down, () => room.raise(room.hand === 'down'));
    const handState = make('span', { 'data-part': 'hand-state', role: 'status' });
    const where = createWhere();
    const elsewhere = createElsewhere();
    const news = createNews(() => toggle.focus());
    const refusal = make('p', { 'data-part': 'refusal', role: 'status' });
    const late = this.#makeLate(room);
    const poll = createPoll(room);
    const sign = createShareSign(room.share, () => room.line.state !== 'open');
    const more = this.#makeMore(room);
    const open = (wanted: boolean): void => {
      more.hidden = !wanted;
      toggle.ariaExpanded = String(wanted);
      if (wanted) more.scrollIntoView({ block: 'nearest' });
    };
    const toggle = makeButton('more', strings.menu, () => open(more.hidden === true));
    more.id = 'room-more';
    toggle.setAttribute('aria-controls', more.id);
    toggle.ariaExpanded = String(!more.hidden);
    closeByEscape(this, () => {
      if (more.hidden) return false;
      open(false);
      toggle.focus();
      return true;
    });
    const buttons = make('span', { class: 'buttons' }, follow, hand, toggle);
    const ended = make('div', { 'data-part': 'ended', class: 'line', role: 'status' });
    this.append(
      make(
        'div',
        { class: 'row' },
        make('span', { class: 'about' }, name, state, timer.element),
        where.element,
        elsewhere.element,
        handState,
        buttons,
      ),
      sign.element,
      news.element,
      refusal,
      late,
      poll.element,
      more,
      ended,
    );

    /** Of no use to whoever has left. */
    const parts = [
      timer.element,
      where.element,
      elsewhere.element,
      handState,
      buttons,
      sign.element,
      news.element,
      refusal,
      late,
      poll.element,
      more,
    ];
    const render = (): void => {
      const { view, hand: raised, line, follower } = room;
      const hadFocus = this.contains(document.activeElement);
      const isOver = line.state === 'ended';
      setText(name, room.name);
      this.dataset.state = line.state;
      const isOpen = line.state === 'open';
      const isAway = isOpen && view?.presented === false;
      const watches = follower.on && !room.hasLab;
      const isUnseen = isOpen && watches && view?.shown === false;
      this.toggleAttribute('data-away', isAway || isUnseen);
      const isLost = line.state === 'lost';
      // Of a class that is not there, nothing is of now.
      const { isGone } = line;
      const again = line.isClosed && room.hasLab ? strings.toldLater : strings.retrying;
      // Of one's own, the hub says that it goes on.
      const isReplaced = line.isElsewhere && isNamesake(line.problem, room.name);
      const problem = isReplaced ? strings.elsewhere.namesake : line.problem;
      // Where the page that is named is not this one, whose form says it.
      const way = isJoinPage() ? '' : strings.elsewhere.join;
      const next = line.isElsewhere ? way : again;
      const well = isUnseen ? strings.unseen : strings.states[line.state];
      const now = isAway ? strings.away : well;
      const why = isLost && problem !== '' ? `${problem} ${next}`.trim() : now;
      sayPage(state, isOver ? '' : why);
      state.title = problem;
      follow.ariaPressed = String(follower.on);
      follow.title = (isLost ? strings.lost : strings)[follower.on ? 'following' : 'alone'];
      setText(hand, strings.hand[raised]);
      hand.ariaPressed = String(raised !== 'down');
      hand.disabled = isGone;
      // Of one that the hub has heard of, the button says enough, while somebody there may see it.
      const isUntold = line.waiting.some(({ kind }) => kind === 'hand');
      const said = isUntold ? strings.lost.handState[raised] : '';
      setText(handState, isLost ? said : strings.handState[raised]);
      handState.toggleAttribute('data-raised', raised === 'up' && !isLost);
      where.render((isGone ? undefined : view?.place) ?? null);
      const presenterAt = isOpen && follower.on ? view : undefined;
      elsewhere.render(presenterAt?.elsewhere ?? null, presenterAt?.ran ?? null);
      news.render((isGone ? undefined : view?.announcement) ?? null);
      setText(refusal, room.refusal);
      // It ends for nobody while the class is closed.
      timer.set((isGone ? undefined : view?.timer) ?? null);
      poll.render();
      sign.render();
      late.hidden = room.checkpoint === undefined;
      for (const each of parts) each.toggleAttribute('data-over', isOver);
      if (isOver) this.#sayGoodbye(ended, line.problem, room.left, hadFocus);
    };
    room.subscribe(render);
    render();
    this.#takeRoom();
  }

  /** On a page that is in no room any more. */
  showLeaving(left: Promise<void>): void {
    this.#name();
    const ended = make('div', { 'data-part': 'ended', class: 'line', role: 'status' });
    this.append(ended);
    this.dataset.state = 'ended';
    this.#sayGoodbye(ended, '', left, false);
    this.#takeRoom();
  }

  #name(): void {
    this.setAttribute('role', 'region');
    this.ariaLabel = strings.region;
  }

  #makeLate(room: Room): HTMLElement {
    const open = makeButton('catch-up', strings.catchUp, () => {
      const { checkpoint } = room;
      room.catchUp();
      if (checkpoint !== undefined) openCheckpoint(checkpoint);
    });
    const no = makeButton('own-pace', strings.ownPace, () => room.catchUp());
    return make(
      'div',
      { 'data-part': 'late', class: 'line', role: 'status' },
      make('p', {}, strings.late),
      open,
      no,
    );
  }

  /** What is seldom wanted. */
  #makeMore(room: Room): HTMLElement {
    const leave = makeButton('leave', strings.leave, () => ask(true));
    const words = make('p', { role: 'status' });
    const sure = makeButton('leave-surely', strings.leaveSurely, () => room.leave());
    const stay = makeButton('stay', strings.stay, () => ask(false));
    const question = make('div', { class: 'line' }, words, sure, stay);
    const ask = (open: boolean): void => {
      question.hidden = !open;
      leave.hidden = open;
      setText(words, room.line.state === 'open' ? strings.leaving : strings.leavingOffline);
      (open ? stay : leave).focus();
    };
    question.hidden = true;
    closeByEscape(question, () => {
      ask(false);
      return true;
    });
    const shares = make('span');
    const sayShares = (): void =>
      setText(shares, room.hasLab ? strings.sharesOfLab : strings.shares);
    room.subscribe(sayShares);
    sayShares();
    const more = make(
      'div',
      { 'data-part': 'about' },
      make('p', {}, make('b', {}, strings.as(room.nickname)), ' · ', shares),
      ...(participation.isKept
        ? []
        : [make('p', { role: 'status' }, participation.isFull ? strings.full : strings.notKept)]),
      make(
        'div',
        { class: 'line' },
        ...(isJoinPage() ? [] : [make('a', { href: siteUrl('workshop/') }, strings.page)]),
        ...secondScreen(),
        leave,
      ),
      question,
    );
    // Whoever loses the room with the page is told so at once.
    more.hidden = participation.isKept;
    return more;
  }

  /** @param left of who leaves: the hub may not have heard of it yet. */
  #sayGoodbye(
    ended: HTMLElement,
    problem: string,
    left: Promise<void> | undefined,
    hadFocus: boolean,
  ): void {
    if (ended.textContent !== '') return;
    const close = makeButton('close', strings.close, () => {
      hideLeaving();
      this.remove();
    });
    const words = make('p', {}, left ? strings.stillLeaving : strings.ended(problem));
    // In another tab, too, or by being in a class again.
    if (left) addEventListener('storage', () => isLeavingHidden() && this.remove());
    if (left) words.append(' ', leavers.isKept ? strings.whileLeaving : strings.stayWhileLeaving);
    void left?.then(() => setText(words, strings.ended('')));
    ended.append(words, make('a', { href: siteUrl('workshop/') }, strings.rejoin), close);
    if (hadFocus) close.focus();
  }

  /** As much as it needs, whatever it says: the page begins under it. */
  #takeRoom(): void {
    // That of the room before.
    document.querySelector('room-bar')?.remove();
    document.querySelector('.page > .header')?.after(this);
    if (!this.isConnected) document.body.prepend(this);
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => {
      root.setProperty('--lab-room', `${this.isConnected ? this.offsetHeight : 0}px`);
    });
    observer.observe(this);
    holdTarget();
  }

  disconnectedCallback(): void {
    document.documentElement.style.removeProperty('--lab-room');
  }
}

/** Who has a lab of their own sees that: the presenter's is a page of the hub's, beside it. */
const secondScreen = (): HTMLElement[] => {
  const who = participation.read();
  if (who === undefined || who.hub === '') return [];
  const href = secondScreenOf(who, location.pathname);
  return [make('a', { href, target: '_blank', rel: 'noopener' }, mirror.open)];
};

customElements.define('room-bar', RoomBar);
