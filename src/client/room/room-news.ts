/** What the presenter announces: its first lines, or all of it; put away, until something else is said. */
import type { RoomView } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { closeByEscape, make, makeButton } from './make.ts';
import { dismissed } from './membership.ts';

type Announcement = RoomView['announcement'];

export interface News {
  readonly element: HTMLElement;
  render(news: Announcement): void;
}

/** @param handleDismiss the focus needs another place. */
export const createNews = (handleDismiss: () => void): News => {
  let shown: Announcement = null;
  let open = false;
  // Whole, also where only its first lines are drawn: who hears it, hears it once.
  const words = make('p', { 'data-part': 'announcement', role: 'status' });
  const fold = makeButton('unfold', '', () => set(!open));
  const dismiss = makeButton('dismiss', '×', () => {
    if (shown !== null) dismissed.write(shown.at);
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
  const render = (news: Announcement): void => {
    const isNew = news?.at !== shown?.at;
    shown = news;
    const text = news === null || news.at === dismissed.read() ? '' : news.text;
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
