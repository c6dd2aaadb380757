import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ServerMessage } from '../../../server/protocol.ts';
import { createScreen } from '../../../server/workshop/screen.ts';
import { statusOf } from '../../run-status.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const HISTORY: ServerMessage = { type: 'cluster.history', happenings: [] };

const open = () => {
  let at = { chapter: 'topics', step: 'topics/list' };
  let changes = 0;
  const screen = createScreen(
    () => at,
    () => {
      changes += 1;
    },
  );
  const run = (id: string, step: string, more: Parameters<typeof statusOf>[1] = {}) =>
    statusOf(id, { step, ...more });
  return {
    screen,
    run,
    changes: () => changes,
    move: (step: string) => {
      at = { chapter: 'topics', step };
    },
  };
};

/** As long as a page takes to load, and longer. */
const load = (): void => void vi.advanceTimersByTime(4_000);
const wait = (): void => void vi.advanceTimersByTime(6_000);

it('tells a dashboard from a page that shows its lab, and does not take one that loads for absent', () => {
  const { screen } = open();
  const [dashboard, lesson, next] = [{}, {}, {}];
  screen.come(dashboard);
  expect([screen.presented, screen.shown]).toEqual([true, undefined]);
  wait();
  expect([screen.presented, screen.shown]).toEqual([true, false]);
  screen.come(lesson);
  screen.show(lesson, HISTORY);
  expect(screen.shown).toBe(true);
  screen.leave(lesson);
  load();
  screen.come(next);
  screen.show(next, HISTORY);
  wait();
  expect(screen.shown).toBe(true);
  screen.leave(next);
  wait();
  expect([screen.presented, screen.shown]).toEqual([true, false]);
  screen.leave(dashboard);
  wait();
  expect([screen.presented, screen.shown]).toEqual([false, false]);
});

it('knows the step that was begun last where the class is not, until it ends', () => {
  const { screen, run, changes } = open();
  const lesson = {};
  screen.come(lesson);
  screen.show(lesson, HISTORY);
  const before = changes();
  screen.show(lesson, run('a', 'topics/list', { startedAt: 1 }));
  screen.show(lesson, run('a', 'topics/list', { startedAt: 1, status: 'passed' }));
  expect([screen.elsewhere, changes()]).toEqual([null, before]);
  screen.show(lesson, run('b', 'failures/drill', { startedAt: 2 }));
  expect([screen.elsewhere, changes()]).toEqual(['failures/drill', before + 1]);
  // As a page tells that loads, and what is told of it meanwhile.
  screen.show(lesson, run('a', 'topics/list', { startedAt: 1, status: 'passed' }));
  screen.show(lesson, run('b', 'failures/drill', { startedAt: 2, duration: 9 }));
  expect([screen.elsewhere, changes()]).toEqual(['failures/drill', before + 1]);
  screen.show(lesson, run('b', 'failures/drill', { startedAt: 2, status: 'passed' }));
  expect([screen.elsewhere, changes()]).toEqual([null, before + 2]);
});

it('has no step elsewhere that the class has come to, or that nobody tells of any more', () => {
  const { screen, run, move } = open();
  const lesson = {};
  screen.come(lesson);
  const goesOn = run('a', 'topics/consume', { startedAt: 1, status: 'passed', background: true });
  screen.show(lesson, goesOn);
  expect(screen.elsewhere).toBe('topics/consume');
  move('topics/consume');
  expect(screen.elsewhere).toBeNull();
  move('topics/list');
  screen.leave(lesson);
  load();
  expect(screen.elsewhere).toBe('topics/consume');
  wait();
  expect(screen.elsewhere).toBeNull();
  // It was a gap in the network: it goes on.
  screen.come(lesson);
  screen.show(lesson, goesOn);
  expect(screen.elsewhere).toBe('topics/consume');
});

it('tells of a run elsewhere a while after its end, until the class moves or another run begins', () => {
  const { screen, run, move, changes } = open();
  const lesson = {};
  screen.come(lesson);
  const told = (): unknown => [screen.elsewhere, screen.ran];
  let startedAt = 0;
  const runAndEnd = (step = 'failures/drill'): void => {
    startedAt += 1;
    const id = `run-${startedAt}`;
    screen.show(lesson, run(id, step, { startedAt }));
    screen.show(lesson, run(id, step, { startedAt, status: 'passed' }));
  };
  // Of what a page tells that loads, nobody knows when it ended.
  screen.show(lesson, run('old', 'failures/drill', { startedAt: 0, status: 'passed' }));
  expect(told()).toEqual([null, null]);
  runAndEnd();
  expect(told()).toEqual([null, 'failures/drill']);
  vi.advanceTimersByTime(19_000);
  // Said again, it is not longer ago that it ended.
  screen.show(lesson, run('run-1', 'failures/drill', { startedAt, status: 'passed' }));
  expect(told()).toEqual([null, 'failures/drill']);
  const before = changes();
  vi.advanceTimersByTime(1_000);
  expect([...(told() as []), changes()]).toEqual([null, null, before + 1]);

  runAndEnd();
  startedAt += 1;
  screen.show(lesson, run('next', 'failures/other', { startedAt }));
  expect(told()).toEqual(['failures/other', null]);
  runAndEnd();
  runAndEnd('topics/list');
  expect(told()).toEqual([null, null]);
  runAndEnd();
  move('topics/consume');
  expect(told()).toEqual([null, null]);
  move('topics/list');
  expect(told()).toEqual([null, null]);
  runAndEnd();
  screen.show(lesson, { type: 'lab.resetting', state: 'done', at: startedAt + 1 } as ServerMessage);
  expect(told()).toEqual([null, null]);
});

it('forgets what ran in a lab that has started over', () => {
  const { screen, run } = open();
  const lesson = {};
  screen.show(lesson, run('a', 'failures/drill', { startedAt: 1 }));
  const reset = { type: 'lab.resetting', state: 'done', at: 2 } as ServerMessage;
  screen.show(lesson, reset);
  expect(screen.elsewhere).toBeNull();
  screen.show(lesson, run('b', 'failures/drill', { startedAt: 3 }));
  // As each page is told that comes.
  screen.show(lesson, reset);
  expect(screen.elsewhere).toBe('failures/drill');
});
