import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal as Xterm } from '@xterm/xterm';
import { columnsFor, ROWS, SCROLLBAR } from './terminal.ts';

/** Rows of the box before anything is printed. */
const FEWEST = 5;

/** The box that shows as much of the screen as is written on. */
export interface Screen {
  /** Takes as many columns as fit. */
  refit(): void;
  /** While the program lives the box only grows; afterwards it is as high as its output. */
  settle(live: boolean): void;
  dispose(): void;
}

export const createScreen = (
  xterm: Xterm,
  host: HTMLElement,
  box: HTMLElement,
  addon: FitAddon,
): Screen => {
  let live = false;
  let shown = FEWEST;
  let printed = false;

  const draw = (): void => {
    shown = Math.max(shown, usedRows(xterm, live));
    const { element } = xterm;
    if (element === undefined) return;
    const { clientWidth = 0, clientHeight = 0 } = element.querySelector('.xterm-screen') ?? {};
    element.style.height = `${Math.ceil((shown * clientHeight) / xterm.rows)}px`;
    // More columns than fit make the box scroll.
    element.style.minWidth = `${clientWidth + SCROLLBAR}px`;
  };
  const refit = (): void => {
    if (box.clientWidth === 0) return;
    // A page for a projector has larger type.
    const fontSize = Number.parseFloat(getComputedStyle(host).fontSize);
    if (xterm.options.fontSize !== fontSize) xterm.options.fontSize = fontSize;
    const fitting = addon.proposeDimensions()?.cols;
    if (fitting !== undefined && Number.isFinite(fitting)) {
      xterm.resize(columnsFor(host, fitting), ROWS);
    }
    draw();
  };

  // Its height is ours; only another width is news. Not within the callback, whose layout it undoes.
  let width = box.clientWidth;
  let frame = 0;
  const observer = new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(refit);
  });
  observer.observe(box);
  // A full box stays full; to measure it would make the page lay itself out at each write.
  const written = xterm.onWriteParsed(() => {
    printed = true;
    if (shown < ROWS) draw();
  });
  refit();
  return {
    refit,
    settle: (next) => {
      // What an earlier run has printed is on its way: the box would shrink, and grow again.
      if (!next && (live || printed)) shown = usedRows(xterm, next);
      live = next;
      draw();
    },
    dispose: () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      written.dispose();
    },
  };
};

/** Rows down to the last one that is written on, or where the cursor waits. */
const usedRows = ({ buffer: { active } }: Xterm, live: boolean): number => {
  if (active.type === 'alternate' || active.baseY > 0) return ROWS;
  for (let y = ROWS - 1; y > active.cursorY; y -= 1) {
    if (active.getLine(y)?.translateToString(true).trim() !== '') return y + 1;
  }
  return active.cursorX === 0 && !live ? Math.max(1, active.cursorY) : active.cursorY + 1;
};
