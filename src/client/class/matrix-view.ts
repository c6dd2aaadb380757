/** Participant × step: one chapter at a time, who needs somebody first on top. */
import { causes, matrix as strings } from '../../strings/class.ts';
import { keep, setText } from '../keep.ts';
import { awayOf } from './away.ts';
import { type ClassChapter, runnableIn } from './class-book.ts';
import { createDetail } from './detail.ts';
import type { Class } from './feed.ts';
import { moveInGrid, settleTabStop } from './grid-keys.ts';
import { renderHeader } from './matrix-header.ts';
import { renderRow } from './matrix-row.ts';
import { part, setAttribute } from './parts.ts';
import { PAGE, rowsOf } from './rows.ts';
import { scrollTogether } from './scroll-together.ts';
import type { Desk, Filter, View } from './view.ts';

/** Milliseconds after somebody last touched the table for which its rows stay where they are. */
const HOLD = 4_000;

export interface MatrixView extends View {
  filter(filter: Filter | undefined): void;
  /** To where Tab comes in. */
  focus(): void;
}

/** Where the class is, in sight also where there are more steps than fit. Up and down, nothing moves. */
const bringHere = (head: HTMLElement): void => {
  const here = head.querySelector<HTMLElement>('th[aria-current]');
  if (here === null) return;
  const [first, ...columns] = head.querySelectorAll('th');
  const names = first?.offsetWidth ?? 0;
  const end = here.offsetLeft + here.offsetWidth - head.clientWidth;
  const wanted = Math.max(end, Math.min(head.scrollLeft, here.offsetLeft - names));
  if (wanted === head.scrollLeft) return;
  // Beside the names, no scrap of a column.
  const starts = columns.map(({ offsetLeft }) => offsetLeft - names);
  head.scrollLeft = starts.find((start) => start >= wanted) ?? wanted;
};

export const createMatrixView = (
  root: HTMLElement,
  desk: Desk,
  /** Something other is to be shown of what is known. */
  handleChange: () => void,
  life: AbortSignal,
): MatrixView => {
  const table = part<HTMLTableElement>(root, 'table');
  const [head, body] = [part(root, 'head'), part(root, 'rows')];
  const select = part<HTMLSelectElement>(root, 'chapter');
  const search = part<HTMLInputElement>(root, 'search');
  /** Chosen by the presenter; otherwise it is where the class is. */
  let chosen: string | undefined;
  /** The class's moves, as many as were seen. */
  let moves = 0;
  let filter: Filter | undefined;
  let page = 0;
  let touched = Number.NEGATIVE_INFINITY;
  let order: readonly string[] = [];

  const turn = (to: number): void => {
    page = to;
    touched = Number.NEGATIVE_INFINITY;
    handleChange();
    // Other rows: they begin at the first.
    if (table.getBoundingClientRect().top < 0) table.scrollIntoView();
  };
  const chapterOf = ({ room: { place } }: Class): ClassChapter | undefined => {
    const wanted = chosen ?? place?.chapter;
    return desk.book.find(({ id }) => id === wanted) ?? desk.book[0];
  };

  for (const event of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
    table.addEventListener(event, () => (touched = performance.now()), { passive: true });
  }
  table.addEventListener('pointerleave', () => (touched = Number.NEGATIVE_INFINITY));
  moveInGrid(table);
  scrollTogether(head, body);
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (head.clientWidth === width) return;
    width = head.clientWidth;
    bringHere(head);
  });
  observer.observe(head);
  life.addEventListener('abort', () => observer.disconnect());
  createDetail(part(root, 'detail'), table, life);
  body.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('tr') : null;
    if (row?.dataset.participant !== undefined) desk.open(row.dataset.participant);
  });
  select.addEventListener('change', () => {
    chosen = select.value;
    handleChange();
  });
  search.addEventListener('input', () => turn(0));
  part(root, 'move-chapter').addEventListener('click', () =>
    desk.command({ kind: 'move', to: { chapter: select.value, step: null } }),
  );
  part(root, 'previous').addEventListener('click', () => turn(page - 1));
  part(root, 'next').addEventListener('click', () => turn(page + 1));
  part(root, 'unfilter').addEventListener('click', () => desk.filter(undefined));

  const renderFrame = (now: Class, chapter: ClassChapter): void => {
    for (const option of select.options) {
      const title = desk.book.find(({ id }) => id === option.value)?.title ?? option.value;
      const isHere = option.value === now.room.place?.chapter;
      setText(option, isHere ? `${title} · ${strings.here}` : title);
    }
    if (select.value !== chapter.id) select.value = chapter.id;
    setText(part(root, 'caption'), strings.caption(chapter.title));
    part(root, 'filtered').hidden = filter === undefined;
    const shown = filter === undefined ? '' : causes.shown(filter.people(now).length, filter.title);
    setText(part(root, 'filter-text'), shown);
    for (const chip of root.querySelectorAll('[data-key]')) {
      setAttribute(chip, 'aria-pressed', String(chip.getAttribute('data-key') === filter?.key));
    }
  };

  return {
    filter: (next) => {
      filter = next?.key === filter?.key ? undefined : next;
      turn(0);
    },
    focus: () => table.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
    render: (now, at) => {
      const { room } = now;
      // The class went on: so does the table.
      const isMoved = room.moves !== moves;
      if (isMoved) chosen = undefined;
      moves = room.moves;
      const chapter = chapterOf(now);
      if (chapter === undefined) return;
      renderFrame(now, chapter);

      const held = performance.now() - touched < HOLD ? order : undefined;
      const rows = rowsOf(now, at, { filter, search: search.value, page, held });
      order = rows.order;
      const all = order.length;
      page = rows.page;
      table.style.setProperty('--steps', String(runnableIn(chapter).length));
      const away = awayOf(now, at);
      renderHeader(part(root, 'steps'), now, chapter, desk);
      keep(
        body,
        rows.ids,
        (id) => id,
        (row, id) => renderRow(row, id, now, chapter, at, desk.book, away.has(id)),
        'tr',
      );
      settleTabStop(table);
      if (isMoved) bringHere(head);

      const nobody = part(root, 'nobody');
      nobody.hidden = all > 0;
      setText(nobody, Object.keys(room.participants).length === 0 ? strings.none : strings.nobody);
      part(root, 'pager').hidden = all <= PAGE;
      const first = page * PAGE;
      setText(part(root, 'page'), strings.page(first + 1, first + rows.ids.length, all));
      part<HTMLButtonElement>(root, 'previous').disabled = page === 0;
      part<HTMLButtonElement>(root, 'next').disabled = first + rows.ids.length >= all;
    },
  };
};
