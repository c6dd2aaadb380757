/** A checkpoint as a run: it deletes what the click agreed to, and nothing else. */
import { expect, it } from 'vitest';
import type { Watcher } from '../../../server/cluster/watcher.ts';
import { parseCommand } from '../../../server/lessons/command.ts';
import { makersOf } from '../../../server/lessons/makers.ts';
import type { Step } from '../../../server/lessons/read.ts';
import type { ClusterState } from '../../../server/protocol.ts';
import { createRuns } from '../../../server/runs/runs.ts';
import { clusterOf } from '../../cluster-state.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';

const orders = { topic: 'orders', partitions: 3, replicationFactor: 3 };
const found = { ...orders, partitions: 1 };
const text = './create_topic.sh orders 3 3';
const create: Step = {
  id: 'topics/create',
  props: { id: 'create', title: 'create' },
  commands: [{ text, action: parseCommand(text.split(' ')) }],
};
const start: Step = {
  id: 'topics/start',
  props: { id: 'start', title: 'start', check: [orders] },
  commands: [],
  checkpoint: { needs: [orders], makes: [], makers: makersOf([create]) },
};

const state = (): ClusterState =>
  clusterOf(performance.now(), {
    partitions: [
      { topic: 'orders', partition: 0, leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3], end: 0 },
    ],
  });
const watcher: Watcher = {
  watch: () => () => {},
  observe: (observer) => {
    const look = setInterval(() => observer(state()), 10);
    return () => clearInterval(look);
  },
  overhear: () => {},
  expectChange: () => {},
};

const click = async (removes?: (typeof orders)[]) => {
  const { lab, execs } = createFakeLab({ running: true });
  const lessons = new Map([create, start].map((step) => [step.id, step]));
  const runs = createRuns(lessons, lab, watcher, makeFolder());
  const size = { cols: 80, rows: 24 };
  const run = await runs.start({ id: crypto.randomUUID(), step: 'topics/start', size, removes });
  return { run, execs };
};

it.each([
  ['nothing was agreed to', undefined],
  ['something else was', [orders]],
])('fails, and deletes nothing, where %s', async (_, removes) => {
  const { run, execs } = await click(removes);
  await run.ended;
  expect(run.status).toMatchObject({ status: 'failed', exitCode: 1 });
  expect(execs).toEqual([]);
});

it('deletes what was agreed to, as a command of the guide', async () => {
  const { run, execs } = await click([found]);
  const exec = await waitFor('the command', () => execs[0]);
  expect(exec.args).toEqual([
    '--bootstrap-server',
    'kafka1:29092',
    '--delete',
    '--topic',
    'orders',
  ]);
  run.signal('interrupt');
  await run.ended;
  expect(run.status.status).toBe('stopped');
});
