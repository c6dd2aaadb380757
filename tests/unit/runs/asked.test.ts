import { expect, it, vi } from 'vitest';
import type { Outcome } from '../../../server/protocol.ts';
import { pastRun } from '../../../server/runs/past-run.ts';
import { startRun } from './start-run.ts';

const FOUND: Outcome = { value: 'kafka2', reason: '이어받았습니다.' };
const UNSEEN: Outcome = { value: null, reason: '' };
const BACKGROUND = { kind: 'background', text: 'up' } as const;

it('what a step asks is found out after its run has ended, told, and kept with it', async () => {
  const found = Promise.withResolvers<Outcome>();
  const { run, folder, exit } = startRun({ findOutcome: () => found.promise });
  expect(await exit(0)).toBe('passed');
  expect(run.status.outcome).toBeNull();
  // Until it is known, it is as if nobody had seen it: the sidecar may be killed now.
  expect(pastRun(folder).status.outcome).toEqual(UNSEEN);
  const listener = vi.fn();
  run.subscribe(listener);
  found.resolve(FOUND);
  await vi.waitFor(() => expect(run.status.outcome).toEqual(FOUND));
  expect(listener).toHaveBeenCalled();
  expect(pastRun(folder).status.outcome).toEqual(FOUND);
});

it('of a run that goes on, it is found out once that is up', async () => {
  const { run, print, stop } = startRun({
    expectation: BACKGROUND,
    findOutcome: async () => FOUND,
  });
  print('up');
  await vi.waitFor(() => expect(run.status.outcome).toEqual(FOUND));
  expect(run.status.background).toBe(true);
  await stop();
  expect(run.status.outcome).toEqual(FOUND);
});

it('nobody can say it of one that was stopped before', async () => {
  const findOutcome = vi.fn(async () => FOUND);
  const early = startRun({ expectation: BACKGROUND, findOutcome });
  await early.stop();
  await vi.waitFor(() => expect(early.run.status.outcome).toEqual(UNSEEN));
  expect(findOutcome).not.toHaveBeenCalled();

  const found = Promise.withResolvers<Outcome>();
  const meanwhile = startRun({ expectation: BACKGROUND, findOutcome: () => found.promise });
  meanwhile.print('up');
  await meanwhile.stop();
  found.resolve(FOUND);
  await vi.waitFor(() => expect(meanwhile.run.status.outcome).toEqual(UNSEEN));
});

it('nothing is told, and nothing kept, where nobody is to be told any more', async () => {
  const { run, folder, exit } = startRun({ findOutcome: async () => undefined });
  await exit(0);
  expect(run.status.outcome).toBeNull();
  expect(pastRun(folder).status.outcome).toEqual(UNSEEN);
});

it('a step that asks nothing has none', async () => {
  const { run, folder, exit } = startRun();
  await exit(0);
  expect(run.status.outcome).toBeNull();
  expect(pastRun(folder).status.outcome).toBeNull();
});
