/** How long a run has taken so far, on pages of every kind. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../src/client/connection.ts';
import { createStepView } from '../../../src/client/step-view.ts';
import { wholeDuration } from '../../../src/strings/duration.ts';
import { statusOf } from '../../run-status.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As much of a step's markup as it draws on. */
const makeStep = () => {
  const parts = new Map<string, { textContent: string }>();
  const makePart = () => ({ textContent: '', dataset: {}, setAttribute: () => {} });
  const querySelector = (selector: string) => {
    const part = parts.get(selector) ?? makePart();
    parts.set(selector, part);
    return part;
  };
  const root = { querySelector, setAttribute: () => {}, toggleAttribute: () => {} };
  return {
    root: root as unknown as HTMLElement,
    clock: () => parts.get('[data-part="clock"]')?.textContent,
  };
};

it.each<[ConnectionState, boolean]>([
  ['open', true],
  ['mirrored', true],
  // A recording may be paused, or go faster: it is told by what plays it.
  ['recorded', false],
])('the clock of a page that is %s goes on by itself: %s', (connection, ticks) => {
  const { root, clock } = makeStep();
  const view = createStepView(root);
  const progress = {
    run: statusOf('a', { duration: 2_000 }),
    requested: false,
    refused: false,
    lost: false,
    stopping: false,
    stubborn: false,
    effect: undefined,
  };
  view.render(progress, connection);
  expect(clock()).toBe(wholeDuration(2_000));
  vi.advanceTimersByTime(3_000);
  expect(clock()).toBe(wholeDuration(ticks ? 5_000 : 2_000));
  view.dispose();
});
