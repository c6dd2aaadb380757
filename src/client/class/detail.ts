/** All of what a cell, or a column, stands for, beside it, while it is pointed at or has the focus. */
import { element } from './parts.ts';

/** Pixels between the two, and to the edge of the window. */
const GAP = 8;

export const createDetail = (
  box: HTMLElement,
  table: HTMLTableElement,
  life: AbortSignal,
): void => {
  const hide = (): void => {
    box.hidden = true;
  };
  const show = (target: EventTarget | null): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-label]') : null;
    if (cell === null || /^(idle|reads)$/.test(cell.dataset.status ?? '')) {
      hide();
      return;
    }
    const name = cell.parentElement?.querySelector('[data-part="nickname"]')?.textContent ?? '';
    const title =
      cell.dataset.title ?? cell.querySelector('[data-part="where"]')?.textContent ?? '';
    box.replaceChildren(
      element('b', '', [name, title].filter((each) => each !== '').join(' · ')),
      element('span', '', cell.dataset.label ?? ''),
    );
    box.hidden = false;
    const at = cell.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = box;
    const below = at.bottom + GAP;
    const fits = below + offsetHeight < innerHeight;
    const left = Math.min(at.left, document.documentElement.clientWidth - offsetWidth - GAP);
    box.style.left = `${Math.max(GAP, left)}px`;
    box.style.top = `${fits ? below : at.top - offsetHeight - GAP}px`;
  };
  table.addEventListener('pointerover', ({ target }) => show(target));
  table.addEventListener('pointerleave', hide);
  // A finger is gone before it has been read; where it taps a person, all of them is shown.
  table.tHead?.addEventListener('click', ({ target }) => show(target));
  addEventListener('pointerdown', hide, { signal: life });
  table.addEventListener('focusin', ({ target }) => show(target));
  table.addEventListener('focusout', hide);
  table.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  addEventListener('scroll', hide, { capture: true, passive: true, signal: life });
};
