/** What the presenter announces: its first lines, or all of it; put away, until something else is said. */
import { room as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { dismissed } from './membership.ts';

export interface News {
  readonly element: HTMLElement;
  render(news: string | null): void;
}

/** @param handleDismiss the focus needs another place. */
export const createNews = (handleDismiss: () => void): News => {
  let shown: string | null = null;
  let open = false;
  // Whole, also where only its first lines are drawn: who hears it, hears it once.
  const words = make('p', { 'data-part': 'announcement', role: 'status' });
  const fold = makeButton('unfold', '', () => set(!open));
  const dismiss = makeButton('dismiss', '×', () => {
    if (shown !== null) dismissed.write(shown);
    render(shown);
    handleDismiss();
  });
  dismiss.ariaLabel = strings.ofNews(strings.close);
  dismiss.title = dismiss.ariaLabel;
  const element = make('div', { class: 'line news' }, words, fold, dismiss);

  const measure = (): void => {
    fold.hidden = !open && words.scrollHeight <= words.clientHeight + 1;
  };
  const set = (next: boolean): void => {
    open = next;
    element.toggleAttribute('data-open', open);
    setText(fold, open ? strings.fold : strings.more);
    fold.ariaLabel = strings.ofNews(open ? strings.fold : strings.more);
    fold.ariaExpanded = String(open);
    measure();
  };
  const render = (news: string | null): void => {
    // Taken back, the same may be said again.
    if (news === null && shown !== null) dismissed.write(undefined);
    const isNew = news !== shown;
    shown = news;
    const text = news === null || news === dismissed.read() ? '' : news;
    dismiss.hidden = text === '';
    setText(words, text === '' ? '' : `${strings.announcement}: ${text}`);
    if (isNew) set(false);
    measure();
  };
  closeByEscape(element, () => {
    if (!open) return false;
    set(false);
    return true;
  });
  new ResizeObserver(measure).observe(words);
  set(false);
  return { element, render };
};
