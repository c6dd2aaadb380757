/** How long a run has taken so far, on pages of every kind. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../src/client/connection.ts';
import { createStepView } from '../../../src/client/step-view.ts';
import { wholeDuration } from '../../../src/strings/duration.ts';
import { step as strings } from '../../../src/strings/page.ts';
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
  const parts = new Map<string, { textContent: string; hidden: boolean }>();
  const makePart = () => ({
    textContent: '',
    hidden: false,
    dataset: {},
    setAttribute: () => {},
    replaceChildren: () => {},
  });
  const querySelector = (selector: string) => {
    const part = parts.get(selector) ?? makePart();
    parts.set(selector, part);
    return part;
  };
  const root = { querySelector, setAttribute: () => {}, toggleAttribute: () => {} };
  return {
    root: root as unknown as HTMLElement,
    clock: () => parts.get('[data-part="clock"]')?.textContent,
    part: (name: string) => parts.get(`[data-part="${name}"]`),
  };
};

const running = () => ({
  run: statusOf('a', { duration: 2_000 }),
  requested: false,
  refused: false,
  lost: false,
  stopping: false,
  stubborn: false,
  effect: undefined,
});

it.each<[ConnectionState, boolean]>([
  ['open', true],
  ['mirrored', true],
  // A recording may be paused, or go faster: it is told by what plays it.
  ['recorded', false],
])('the clock of a page that is %s goes on by itself: %s', (connection, ticks) => {
  const { root, clock } = makeStep();
  const view = createStepView(root);
  const progress = running();
  view.render(progress, connection);
  expect(clock()).toBe(wholeDuration(2_000));
  vi.advanceTimersByTime(3_000);
  expect(clock()).toBe(wholeDuration(ticks ? 5_000 : 2_000));
  view.dispose();
});

it('counts no time of a run that nobody tells of any more, and says that it is waited for', () => {
  const { root, clock, part } = makeStep();
  const view = createStepView(root);
  view.render(running(), 'mirrored');
  view.render(running(), 'stale');
  expect(clock()).toBe('');
  expect(part('badge')?.textContent).toBe(strings.unseen);
  view.dispose();
});

it.each<[ConnectionState, boolean]>([
  ['open', false],
  ['mirrored', true],
  ['stale', true],
])('offers nobody to type into what somebody else runs: %s', (connection, hidden) => {
  const { root, part } = makeStep();
  const view = createStepView(root);
  view.render(running(), connection);
  expect(part('type')?.hidden).toBe(hidden);
  view.dispose();
});
