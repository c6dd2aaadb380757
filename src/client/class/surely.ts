/** A button for what nobody can take back: it asks once more. */
import { setText } from '../keep.ts';
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
  /** What is asked, from now on. */
  say(words: SurelyWords): void;
}

export const createSurely = (words: SurelyWords, act: () => void): Surely => {
  const whole = element('div', 'surely');
  const ask = button('', () => show(true));
  const question = element('div', 'question');
  question.setAttribute('role', 'group');
  const sure = button('', () => {
    show(false);
    act();
  });
  const stay = button('', () => show(false));
  const warning = element('p');
  question.append(warning, sure, stay);
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
  const say = (next: SurelyWords): void => {
    setText(ask, next.ask);
    question.setAttribute('aria-label', next.ask);
    setText(warning, next.warning);
    setText(sure, next.sure);
    setText(stay, next.stay);
  };
  say(words);
  close();
  return { element: whole, close, say };
};
