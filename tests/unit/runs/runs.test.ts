/** Which clicks are carried out, and which runs are known. */
import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import type { Lab, Process } from '../../../server/lab/lab.ts';
import { parseCommand } from '../../../server/lessons/command.ts';
import type { Lessons } from '../../../server/lessons/read.ts';
import { splitCommands } from '../../../server/lessons/words.ts';
import { createRuns } from '../../../server/runs/runs.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';

const lessons: Lessons = new Map(
  [
    ['topics/list', 'docker exec -it kafka1 kafka-topics --list'],
    ['topics/describe', 'docker exec -it kafka1 kafka-topics --describe'],
    ['environment/up', 'docker-compose up -d'],
    ['environment/down', 'docker-compose down'],
  ].map(([id = '', line = '']) => [
    id,
    {
      id,
      props: { id, title: line },
      commands: splitCommands(line).map(({ text, words }) => ({
        text,
        action: parseCommand(words),
      })),
    },
  ]),
);

const size = { cols: 80, rows: 24 };

/** The runs of a lab whose `up` goes on until it is let go. */
const setUp = ({ home = makeFolder(), ...given }: Partial<Lab> & { home?: string } = {}) => {
  const { lab, execs } = createFakeLab({ running: true });
  const exited = Promise.withResolvers<number>();
  const up: Lab['up'] = (stdio) => ({ ...lab.up(stdio), exited: exited.promise });
  const mine = { ...lab, up, ...given };
  const runs = createRuns(lessons, mine, createWatcher(mine), home);
  const click = (step: string, id: string = crypto.randomUUID()) => runs.start({ id, step, size });
  return { runs, click, execs, home, end: () => exited.resolve(0) };
};

const statuses = async (clicks: readonly Promise<unknown>[]): Promise<readonly string[]> =>
  (await Promise.allSettled(clicks)).map(({ status }) => status);

it('what excludes a run is refused, and named', async () => {
  const { click, end } = setUp();
  const run = await click('environment/up');
  const busy = { code: 'busy', step: 'environment/up' };
  await expect(click('environment/down')).rejects.toMatchObject(busy);
  end();
  await run.ended;
  await click('environment/down');
});

it.each([
  ['that exclude each other', 'environment/up', 'environment/down'],
  ['on one step', 'topics/list', 'topics/list'],
])('of two clicks in one breath %s, one is carried out', async (_, one, other) => {
  const { click, execs, end } = setUp();
  expect(await statuses([click(one), click(other)])).toEqual(['fulfilled', 'rejected']);
  expect(execs.length).toBeLessThan(2);
  end();
});

it('a click that was refused may be repeated once there is a cluster', async () => {
  let state: 'absent' | 'running' = 'absent';
  const containers: Lab['containers'] = async () => [{ name: 'kafka1', state, status: '' }];
  const { click, runs, execs } = setUp({ containers });
  const id = crypto.randomUUID();
  await expect(click('topics/list', id)).rejects.toMatchObject({ code: 'cluster-down' });
  expect(await runs.find(id)).toBeUndefined();
  state = 'running';
  expect((await click('topics/list', id)).id).toBe(id);
  expect(execs).toHaveLength(1);
});

it('the id of a run that a newer one has replaced is not run again', async () => {
  const { click, execs } = setUp();
  const first = await click('topics/list');
  execs[0]?.exit(0);
  await first.ended;
  await click('topics/list');
  execs[1]?.exit(0);
  await expect(click('topics/list', first.id)).rejects.toMatchObject({ code: 'unknown-run' });
  expect(execs).toHaveLength(2);
});

it.each([
  ['a run that changes the cluster is not, of itself', 'environment/up', ['interrupt']],
  ['any other is', 'topics/list', ['interrupt', 'terminate', 'kill']],
])('to end by force: %s', async (_, step, wanted) => {
  const { lab } = createFakeLab({ running: true });
  const signals: string[] = [];
  const stubborn = (process: Process): Process => ({
    ...process,
    exited: new Promise(() => {}),
    signal: (signal) => signals.push(signal),
  });
  const run = await setUp({
    up: (stdio) => stubborn(lab.up(stdio)),
    exec: (...asked) => stubborn(lab.exec(...asked)),
  }).click(step);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  run.signal('interrupt');
  vi.advanceTimersByTime(60_000);
  expect(signals).toEqual(wanted);
});

it('of the runs of a step the newest are kept', async () => {
  const { click, execs, home } = setUp();
  const ids: string[] = [];
  for (const at of [0, 1, 2, 3]) {
    const run = await click('topics/list');
    execs[at]?.exit(0);
    await run.ended;
    ids.push(run.id);
  }
  const kept = () => ids.map((id) => existsSync(join(home, 'runs', id)));
  await waitFor('the oldest to be gone', () => !kept()[0]);
  expect(kept()).toEqual([false, true, true, true]);
});

it('a run that a larger one leaves no room for is forgotten, but its id stays taken', async () => {
  const { click, execs, home } = setUp();
  const first = await click('topics/list');
  execs[0]?.exit(0);
  await first.ended;
  truncateSync(join(home, 'runs', first.id, '0.out'), 64 * 1024 * 1024);
  const later = setUp({ home });
  expect(later.runs.newest().map(({ id }) => id)).toEqual([first.id]);
  const second = await later.click('topics/describe');
  later.execs[0]?.exit(0);
  await second.ended;
  await waitFor('the first to be forgotten', () => later.runs.newest().length === 1);
  expect(later.runs.newest().map(({ id }) => id)).toEqual([second.id]);
  const again = later.click('topics/list', first.id);
  await expect(again).rejects.toMatchObject({ code: 'unknown-run' });
});

it('of a sidecar that stops end by Ctrl+C, by SIGTERM after its patience, and by SIGKILL', async () => {
  const told: string[] = [];
  const up: Lab['up'] = (): Process => {
    const exited = Promise.withResolvers<number>();
    const signal: Process['signal'] = (name) => {
      told.push(name);
      if (name === 'kill') exited.resolve(137);
    };
    const nothing = (): void => {};
    const inert = {
      write: nothing,
      end: nothing,
      resize: nothing,
      pause: nothing,
      resume: nothing,
    };
    return { ...inert, unread: 0, exited: exited.promise, signal };
  };
  const { click, runs } = setUp({ up });
  const run = await click('environment/up');
  await runs.close(50, 20_000);
  expect(told).toEqual(['interrupt', 'terminate', 'kill']);
  expect(run.status.status).toBe('stopped');
}, 30_000);
