/** A table that the keyboard walks cell by cell, with one stop for Tab. */

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  PageDown: [10, 0],
  PageUp: [-10, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
  'Control+Home': [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  'Control+End': [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
};

/** Narrow, a table has fewer columns. */
const shownIn = (row: HTMLTableRowElement): HTMLTableCellElement[] =>
  [...row.cells].filter((cell) => cell.checkVisibility());

/** What has the focus for a cell: the button in it, or itself. */
const stopIn = (cell: HTMLTableCellElement): HTMLElement => cell.querySelector('button') ?? cell;

const within = (wanted: number, length: number): number =>
  Math.max(0, Math.min(wanted, length - 1));

export const moveInGrid = (table: HTMLTableElement): void => {
  table.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || !(event.target instanceof Element)) return;
    const cell = event.target.closest<HTMLTableCellElement>('th, td');
    if (cell === null) return;
    const key = event.ctrlKey ? `Control+${event.key}` : event.key;
    if (key === 'Enter' && event.target === cell) {
      // Else it presses what has the focus next, too.
      event.preventDefault();
      return cell.click();
    }
    const move = MOVES[key];
    if (move === undefined) return;
    event.preventDefault();
    const from = cell.parentElement as HTMLTableRowElement;
    const row = table.rows[within(from.rowIndex + move[0], table.rows.length)];
    if (row === undefined) return;
    const cells = shownIn(row);
    const to = cells[within(shownIn(from).indexOf(cell) + move[1], cells.length)];
    if (to === undefined) return;
    stopIn(to).focus({ preventScroll: true });
    // All of it, also where a browser is content with a part.
    to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  table.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.tabIndex === 0) return;
    for (const other of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1;
    target.tabIndex = 0;
  });
};

/** Where Tab comes in, also when the cell that it was has gone, or is shown no longer. */
export const settleTabStop = (table: HTMLTableElement): void => {
  const stop = table.querySelector<HTMLElement>('[tabindex="0"]');
  if (stop?.checkVisibility()) return;
  if (stop !== null) stop.tabIndex = -1;
  const cell = table.tBodies[0]?.rows[0]?.cells[0] ?? table.rows[0]?.cells[0];
  if (cell !== undefined) stopIn(cell).tabIndex = 0;
};
