/** The values that a reader may change in a step: its commands, and what must become true, follow. */
import type { Values } from '../../server/protocol.ts';
import { params as strings } from '../strings/params.ts';
import { setText } from './keep.ts';
import { forgetTopics } from './page-topics.ts';

export interface StepParams {
  /** What stands in the fields; `undefined` while something there cannot be. */
  readonly values: Values | undefined;
  /** A recording shows what was run then: nothing can be changed. */
  setFixed(fixed: boolean): void;
  /** Moves the focus to what cannot be. */
  focus(): void;
}

/** @param fieldset not before this can anything be changed in it. */
export const createStepParams = (
  step: HTMLElement,
  fieldset: HTMLFieldSetElement,
  signal: AbortSignal,
): StepParams => {
  const fields = [...fieldset.elements].filter(
    (each) => each instanceof HTMLInputElement || each instanceof HTMLSelectElement,
  );
  const wrong = () => fields.find((field) => !field.checkValidity());

  const render = (): void => {
    for (const field of fields) {
      const isValid = field.checkValidity();
      field.setAttribute('aria-invalid', String(!isValid));
      if (!isValid) continue;
      for (const place of step.querySelectorAll(`[data-value="${field.name}"]`))
        setText(place, String(currentOf(field)));
    }
    const message = step.querySelector('[data-part="wrong-value"]');
    if (message !== null) setText(message, complaintOf(wrong()));
    forgetTopics();
  };
  fieldset.addEventListener('input', render, { signal });
  const resetAll = (): void => {
    for (const field of fields) reset(field);
    render();
  };
  fieldset.querySelector('[data-part="reset"]')?.addEventListener('click', resetAll, { signal });
  fieldset.disabled = false;
  render();

  return {
    get values() {
      if (wrong() !== undefined) return undefined;
      return Object.fromEntries(fields.map((field) => [field.name, currentOf(field)]));
    },
    setFixed: (fixed) => {
      if (fixed === fieldset.disabled) return;
      fieldset.disabled = fixed;
      fieldset.querySelector('[data-part="fixed"]')?.toggleAttribute('hidden', !fixed);
      if (fixed) resetAll();
    },
    focus: () => wrong()?.focus(),
  };
};

type Field = HTMLInputElement | HTMLSelectElement;

const currentOf = (field: Field): number | string =>
  field instanceof HTMLInputElement ? field.valueAsNumber : field.value;

const reset = (field: Field): void => {
  if (field instanceof HTMLInputElement) field.value = field.defaultValue;
  else field.selectedIndex = [...field.options].findIndex(({ defaultSelected }) => defaultSelected);
};

const complaintOf = (field: Field | undefined): string =>
  field instanceof HTMLInputElement
    ? strings.wrong(field.dataset.label ?? '', field.min, field.max)
    : '';
