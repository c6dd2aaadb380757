/** A button for what nobody can take back: it asks once more. */
import { button, element } from './parts.ts';

export interface SurelyWords {
  readonly ask: string;
  /** What will be so afterwards. */
  readonly warning: string;
  readonly sure: string;
  readonly stay: string;
}

export interface Surely {
  readonly element: HTMLElement;
  /** As if nothing had been asked. */
  close(): void;
}

export const createSurely = (words: SurelyWords, act: () => void): Surely => {
  const whole = element('div', 'surely');
  const ask = button(words.ask, () => show(true));
  const question = element('div', 'question');
  question.setAttribute('role', 'group');
  question.setAttribute('aria-label', words.ask);
  const sure = button(words.sure, () => {
    show(false);
    act();
  });
  const stay = button(words.stay, () => show(false));
  question.append(element('p', '', words.warning), sure, stay);
  whole.append(ask, question);
  const close = (): void => {
    ask.hidden = false;
    question.hidden = true;
  };
  const show = (asked: boolean): void => {
    ask.hidden = asked;
    question.hidden = !asked;
    // On what does nothing: Enter pressed twice is no answer.
    (asked ? stay : ask).focus();
  };
  close();
  return { element: whole, close };
};
