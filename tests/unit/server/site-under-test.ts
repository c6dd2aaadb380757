/**
 * One sidecar a test, on a port of its own, in front of a lab that only notes what it is asked. What
 * is exported is that of the test that runs. Whoever imports this file gets it.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { WebSocket } from 'ws';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { Lessons } from '../../../server/lessons/read.ts';
import { OutputHeader, ServerMessage } from '../../../server/protocol.ts';
import { createRuns, type Runs } from '../../../server/runs/runs.ts';
import { type Sidecar, type SidecarOptions, startSidecar } from '../../../server/sidecar.ts';
import { createFakeLab, type FakeExec } from '../../fake-lab.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';

export const TOKEN = 'a-token-of-this-test-only-0123456789abcdef';

export const lessons: Lessons = new Map([
  [
    'topics/list',
    {
      id: 'topics/list',
      props: { id: 'list', title: '목록' },
      commands: [
        {
          text: 'docker exec -it kafka1 kafka-topics --list',
          action: {
            kind: 'exec',
            container: 'kafka1',
            tool: 'kafka-topics',
            args: ['--list'],
            interactive: true,
            tty: true,
          },
        },
      ],
    },
  ],
  [
    'environment/up',
    {
      id: 'environment/up',
      props: { id: 'up', title: '시작' },
      commands: [{ text: 'docker-compose up -d', action: { kind: 'up' } }],
    },
  ],
]);

export let site: string;
export let home: string;
export let port: number;
export let sidecar: Sidecar;
export let execs: FakeExec[];
export let downs: ReturnType<typeof createFakeLab>['downs'];
const open: WebSocket[] = [];

export const start = async (
  running: boolean,
  options: Partial<Pick<SidecarOptions, 'alsoPorts' | 'lab' | 'limits' | 'token'>> = {},
): Promise<void> => {
  const fake = createFakeLab({ running });
  ({ execs, downs } = fake);
  port = await freePort();
  sidecar = await startSidecar({
    port,
    token: TOKEN,
    home,
    lab: fake.lab,
    lessons,
    site,
    policy: "default-src 'self'",
    ...options,
  });
};

/** The runs of these lessons on a lab of the test's own. */
export const runsOn = (lab: Lab): Runs => createRuns(lessons, lab, createWatcher(lab), home);

/** Stops the sidecar and starts one with other options, on another port. */
export const restart = async (...options: Parameters<typeof start>): Promise<void> => {
  await sidecar.close();
  await start(...options);
};

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(site, 'index.html'), '<h1>교재</h1>');
  home = await mkdtemp(join(tmpdir(), 'home-'));
  await start(true);
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await sidecar.close();
  await rm(site, { recursive: true });
  await rm(home, { recursive: true });
});

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Plain HTTP, because `fetch` would mend the very headers that are tested. */
export const get = (
  path: string,
  headers: Record<string, string | string[]> = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(parts).toString(),
      });
    })
      .on('error', reject)
      .end();
  });

export const openSession = async (): Promise<string> => {
  const { headers } = await get(`/?token=${TOKEN}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
};

/** A page's side of the socket: what it was told, and the bytes of each run. */
export const connect = async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/socket`, {
    headers: { cookie: await openSession(), origin: `http://127.0.0.1:${port}` },
  });
  open.push(socket);
  const messages: ServerMessage[] = [];
  const output = new Map<string, Buffer>();
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      messages.push(ServerMessage.parse(JSON.parse(data.toString())));
      return;
    }
    const end = data.indexOf('\n');
    const { run, offset } = OutputHeader.parse(JSON.parse(data.subarray(0, end).toString()));
    const before = output.get(run) ?? Buffer.alloc(0);
    expect(offset).toBe(before.length);
    output.set(run, Buffer.concat([before, data.subarray(end + 1)]));
  });
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const status = (run: string, wanted: string) =>
    waitFor(`run ${run} to be ${wanted}`, () =>
      messages.find(
        (message) =>
          message.type === 'run.status' && message.run === run && message.status === wanted,
      ),
    );
  const refusal = (code: string) =>
    waitFor(`the refusal ${code}`, () =>
      messages.find((message) => message.type === 'error' && message.code === code),
    );
  return { socket, send, messages, output, status, refusal };
};

export const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
export const startRun = { type: 'run.start', run: RUN, step: 'topics/list', cols: 80, rows: 24 };

/** Nothing that a test sent until now was executed, and whoever comes next is served. */
export const expectUnharmed = async (): Promise<void> => {
  expect(execs).toHaveLength(0);
  const page = await connect();
  page.send(startRun);
  await page.status(RUN, 'running');
  page.send({ type: 'run.attach', run: RUN, offset: 0 });
  execs[0]?.stdio.stdout(Buffer.from('orders'));
  await waitFor('the output', () => page.output.get(RUN)?.toString().includes('orders'));
  expect(execs).toHaveLength(1);
};

/** A page whose run goes on until the test ends it. */
export const startExec = async () => {
  const page = await connect();
  page.send(startRun);
  await page.status(RUN, 'running');
  return page;
};
