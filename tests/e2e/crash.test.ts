/** The sidecar killed in the middle of everything, again and again. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunStatus, ServerMessage } from '../../server/protocol.ts';
import { waitFor } from '../wait.ts';
import { lab, left, type Program, refuseOthersCluster, startSidecar } from './sidecar.ts';

const ROUNDS = 50;

beforeAll(async () => {
  await refuseOthersCluster();
  await lab('docker-compose', 'down', '-v');
  const { code, stderr } = await lab('docker-compose', 'up', '-d');
  expect(code, stderr).toBe(0);
  await lab('./create_topic.sh', 'orders', '3', '3');
});
let sidecar: Program | undefined;
afterAll(async () => {
  sidecar?.child.kill('SIGKILL');
  await lab('docker-compose', 'down', '-v');
});

/**
 * Of all kinds: tools with a terminal and into a filter, programs, a followed log, brokers that stop
 * and start, and an `up` that starts what was stopped.
 */
const STEPS = [
  'failures/producer',
  'failures/consumer',
  'availability/produce-below-min-isr',
  'topics/describe-orders',
  'environment/logs-kafka1',
  'failures/stop-kafka1',
  'availability/isr-before',
  'environment/up',
  'failures/start-kafka1',
  'partitioning/same-key',
];

type Status = Extract<ServerMessage, { type: 'run.status' }>;

const connect = async (address: string) => {
  const { origin, host } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/api/socket`, { headers: { cookie, origin } });
  const statuses = new Map<string, Status>();
  const refused = new Set<string>();
  let text = '';
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      text += data.toString();
      return;
    }
    const message = ServerMessage.parse(JSON.parse(data.toString()));
    if (message.type === 'run.status') statuses.set(message.run, message);
    else if (message.type === 'error' && message.run !== undefined) refused.add(message.run);
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  return {
    socket,
    statuses,
    refused,
    received: () => text,
    start: (run: string, step: string): void => {
      send({ type: 'run.start', run, step, cols: 80, rows: 24 });
      send({ type: 'run.attach', run, offset: 0 });
    },
  };
};

it(
  `survives ${ROUNDS} kills: nothing is done twice, nothing is left, and the cluster answers`,
  async () => {
    let begun = 0;
    /** What the last sidecar has begun. */
    let accepted = new Map<string, RunStatus>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { program, address } = await startSidecar();
      sidecar = program;
      const page = await connect(address);
      const known = [...accepted];
      await waitFor('the sidecar to know what the one before it has run', () =>
        known.every(([run]) => page.statuses.has(run)),
      );
      // As a page does that has not heard of its click.
      for (const [run, { step }] of known) page.start(run, step);
      const clicked = new Map<string, string>();
      for (let count = 0; count < 3; count += 1) {
        const run = crypto.randomUUID();
        const step = STEPS[(round * 3 + count) % STEPS.length] ?? '';
        page.start(run, step);
        clicked.set(run, step);
      }
      await waitFor('the clicks to be heard', () =>
        [...clicked.keys()].every((run) => page.statuses.has(run) || page.refused.has(run)),
      );
      for (const [run, { step, startedAt }] of known) {
        expect(page.statuses.get(run)).toMatchObject({ step, startedAt });
        expect(page.statuses.get(run)?.status).not.toBe('running');
      }
      // In turn: at the first bytes, while tools still start; after so many bytes, in the middle of
      // what they do; and when one of the three has done.
      const runs = [...clicked.keys()].filter((run) => !page.refused.has(run));
      accepted = new Map([...page.statuses].filter(([run]) => clicked.has(run)));
      begun += accepted.size;
      await waitFor(
        'the moment of the crash',
        () =>
          (round % 3 === 0 && page.received() !== '') ||
          (round % 3 === 1 && page.received().length > (round * 977) % 4_000) ||
          runs.every((run) => page.refused.has(run)) ||
          runs.some((run) => page.statuses.get(run)?.status !== 'running'),
        30_000,
      );
      program.child.kill('SIGKILL');
      await program.exited;
      page.socket.terminate();
    }
    expect(begun).toBeGreaterThan(ROUNDS);
    const { program } = await startSidecar();
    sidecar = program;
    await waitFor('nothing to be left', async () => (await left()).length === 0, 30_000);
    program.child.kill('SIGINT');
    await program.exited;
    const up = await lab('docker-compose', 'up', '-d');
    expect(up.code, up.stdout + up.stderr).toBe(0);
    const list = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --list';
    expect((await lab(...list.split(' '))).stdout).toContain('orders');
  },
  ROUNDS * 20_000,
);

it('ends a program whose terminal a broker has inherited', async () => {
  const first = await startSidecar();
  sidecar = first.program;
  const page = await connect(first.address);
  for (const step of ['failures/producer', 'failures/stop-kafka3', 'failures/start-kafka3']) {
    const run = crypto.randomUUID();
    page.start(run, step);
    await waitFor(`${step} to pass`, () => page.statuses.get(run)?.status === 'passed', 60_000);
  }
  first.program.child.kill('SIGKILL');
  await first.program.exited;
  page.socket.terminate();
  const { program } = await startSidecar();
  sidecar = program;
  expect(await left()).toEqual([]);
  program.child.kill('SIGINT');
  await program.exited;
});

it('leaves a drill to put its brokers back by itself, and no reset in its way', async () => {
  const { program, address } = await startSidecar();
  sidecar = program;
  const page = await connect(address);
  page.start(crypto.randomUUID(), 'availability/unclean');
  await waitFor('a broker to be stopped', () => page.received().includes('$ docker stop'), 60_000);
  program.child.kill('SIGKILL');
  await program.exited;
  page.socket.terminate();
  expect(await lab('reset')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('장애 훈련'),
  });
  await waitFor('the drill to have ended', async () => (await left()).length === 0, 90_000);
  const containers = (await lab('docker-compose', 'ps')).stdout;
  for (const name of ['kafka1', 'kafka2', 'kafka3']) {
    expect(containers).toMatch(new RegExp(`${name}\\b.*\\bUp`));
  }
  const list = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --list';
  expect((await lab(...list.split(' '))).stdout).not.toContain('drill-');
});
