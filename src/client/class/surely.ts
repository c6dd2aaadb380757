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
  /** Whether it asks just now. */
  readonly asks: boolean;
  /** As if nothing had been asked. */
  close(): void;
  /** What is asked, from now on. */
  say(words: SurelyWords): void;
}

/** @param choice of what exactly is asked. */
export const createSurely = (words: SurelyWords, act: () => void, choice?: HTMLElement): Surely => {
  const whole = element('div', 'surely');
  const ask = button('', () => show(question.hidden === true));
  const question = element('div', 'question');
  question.setAttribute('role', 'group');
  const sure = button('', () => {
    show(false);
    act();
  });
  const stay = button('', () => show(false));
  const warning = element('p');
  question.append(...(choice ? [choice] : []), warning, sure, stay);
  whole.append(ask, question);
  /** What has asked stays, and what is beside it where it is. */
  const open = (asked: boolean): void => {
    question.hidden = !asked;
    ask.setAttribute('aria-expanded', String(asked));
  };
  const close = (): void => open(false);
  const show = (asked: boolean): void => {
    open(asked);
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
  return {
    element: whole,
    get asks() {
      return !question.hidden;
    },
    close,
    say,
  };
};
