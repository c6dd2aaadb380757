/** `<lab-projector>`: what the class sees on the wall. The markup is `pages/workshop/projector.astro`'s. */
import type { Place } from '../../../server/workshop/protocol.ts';
import { poll as pollStrings, projector as strings } from '../../strings/class.ts';
import { countdown } from '../countdown.ts';
import { setText } from '../keep.ts';
import { countThere } from './away.ts';
import { renderBars } from './bars-view.ts';
import { type ClassBook, readClassBook, titleOf } from './class-book.ts';
import type { Class } from './feed.ts';
import { fitType } from './fit-type.ts';
import { showReach, spoken } from './join-view.ts';
import { openLink } from './link.ts';
import { createLinkView } from './link-view.ts';
import { part } from './parts.ts';
import { drawQr } from './qr.ts';
import { pollOnWall, timerOnWall } from './wall.ts';

/** Letters of an option that leave room for what is below it. */
const SHORT = 24;

/** How many times as large as designed what is little may be. */
const MOST = 2;

/** Options that are read in one column, where they fit. */
const FEW = 5;

class LabProjector extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    const book = readClassBook(this);
    const tell = createLinkView(this, strings);
    let now: Class | undefined;
    const draw = (): void => {
      if (now !== undefined) this.#render(now, Date.now() + now.ahead, book);
    };
    const link = openLink({
      handleState: (state, word) => {
        if (!tell(state, word)) now = undefined;
      },
      handleClass: (next) => {
        now = next;
        part(this, 'room').hidden = false;
        draw();
      },
    });
    const tick = setInterval(draw, 1_000);
    addEventListener('resize', draw, { signal: life.signal });
    life.signal.addEventListener('abort', () => {
      link.close();
      clearInterval(tick);
    });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #render(known: Class, at: number, book: ClassBook): void {
    const { room, join } = known;
    setText(part(this, 'name'), room.name);
    setText(part(this, 'place'), room.place === null ? '' : strings.at(placeIn(book, room.place)));
    drawQr(part<SVGSVGElement>(this, 'qr'), join.link);
    setText(part(this, 'host'), spoken(join.addresses[0] ?? location.origin));
    setText(part(this, 'code'), join.code);
    setText(part(this, 'how'), showReach(this, join) ? strings.onlyHere : strings.how);
    setText(part(this, 'people'), strings.people(countThere(known, at)));

    const { announcement } = room;
    const said = part(this, 'announcement');
    said.hidden = announcement === null;
    setText(said, announcement?.text ?? '');

    const timer = timerOnWall(room, at);
    const isOver = timer !== null && timer.until <= at;
    part(this, 'timer').hidden = timer === null;
    part(this, 'timer').toggleAttribute('data-over', isOver);
    part(this, 'over').hidden = !isOver;
    setText(part(this, 'timer-label'), timer?.label ?? '');
    setText(part(this, 'face'), timer === null ? '' : countdown(timer.until - at));

    const poll = pollOnWall(room);
    const shows = poll !== undefined;
    part(this, 'poll').hidden = !shows;
    if (shows) {
      setText(part(this, 'question'), poll.question);
      // Told earlier, it would sway those who have yet to answer: they look at this wall.
      renderBars(part(this, 'bars'), poll, !poll.open);
      setText(part(this, 'reason'), poll.outcome?.reason ?? '');
      setText(part(this, 'votes'), pollStrings.total(Object.keys(poll.votes).length));
    }
    // While there is nothing else, how to come in is what the wall is for.
    this.dataset.shows = shows || timer !== null || announcement !== null ? 'class' : 'join';
    const isWordy = shows && poll.options.some(({ label }) => label.length > SHORT);
    part(this, 'wall').toggleAttribute('data-wordy', isWordy);
    fitType(part(this, 'address'));
    this.#fitWall(shows ? poll.options.length : 0);
  }

  /** Options are below each other, unless there are many, or two columns of them are larger. */
  #fitWall(options: number): void {
    const wall = part(this, 'wall');
    const sizeIn = (columns: 1 | 2): number => {
      wall.dataset.columns = String(columns);
      return fitType(wall, MOST);
    };
    if (options > FEW) {
      sizeIn(2);
      return;
    }
    const one = sizeIn(1);
    if (one < 1 && sizeIn(2) <= one) sizeIn(1);
  }
}

const placeIn = (book: ClassBook, { chapter, step }: Place): string => {
  const title = book.find(({ id }) => id === chapter)?.title ?? chapter;
  return step === null ? title : `${title} › ${titleOf(book, step)}`;
};

customElements.define('lab-projector', LabProjector);
