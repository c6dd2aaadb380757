/** The line of a step that says what its click would touch now. */
import type { Touched } from '../../server/lessons/touches.ts';
import { radiusText } from './blast-radius.ts';
import { watchSight } from './cluster-sight.ts';
import { setText } from './keep.ts';
import { isOfPage } from './page-topics.ts';

/** Returns how to stop. */
export const watchRadius = (step: HTMLElement, line: HTMLElement): (() => void) => {
  const touches = JSON.parse(step.dataset.touches ?? '[]') as readonly Touched[];
  return watchSight((state) => setText(line, radiusText(touches, state, isOfPage)));
};
