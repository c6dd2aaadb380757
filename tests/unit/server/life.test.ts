/** What pages and programs do to a sidecar on a bad day. */
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Lab } from '../../../server/lab/lab.ts';
import { spawnProcess } from '../../../server/lab/spawn.ts';
import { WINDOW } from '../../../server/runs/pace.ts';
import { HALF_KEPT, NOT_KEPT } from '../../../server/runs/run.ts';
import { inputParts } from '../../../src/client/typing.ts';
import { collectGarbage } from '../../collect-garbage.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { steady } from '../../flood.ts';
import { realisticOutput } from '../../realistic-output.ts';
import { waitFor } from '../../wait.ts';
import {
  connect,
  execs,
  get,
  home,
  openSession,
  port,
  RUN,
  restart,
  startExec,
  startRun,
} from './site-under-test.ts';

const MIB = 1024 * 1024;

/** A page that draws what it is sent, or only takes it. */
const open = async (cookie: string, draws = true) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/socket`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
  let received = 0;
  let next = 0;
  const send = (message: object): void => socket.send(JSON.stringify(message));
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    const end = data.indexOf('\n');
    const { offset } = JSON.parse(data.subarray(0, end).toString()) as { offset: number };
    received += data.length - end - 1;
    next = offset + data.length - end - 1;
    if (draws) send({ type: 'run.ack', run: RUN, offset: next });
  });
  await once(socket, 'open');
  send({ type: 'run.attach', run: RUN, offset: 0 });
  return { socket, received: () => received, next: () => next };
};

describe('many pages', () => {
  it('two hundred that come back at once are all served', async () => {
    await startExec();
    execs[0]?.stdio.stdout(Buffer.from('orders\r\n'));
    const cookie = await openSession();
    const openAll = () => Promise.all(Array.from({ length: 200 }, () => open(cookie)));
    const first = await openAll();
    for (const { socket } of first) socket.terminate();
    const again = await openAll();
    await waitFor('each to have it all', () => again.every(({ received }) => received() > 8));
    execs[0]?.stdio.stdout(Buffer.from('events\r\n'));
    const whole = again[0]?.received() ?? 0;
    await waitFor('each to go on', () => again.every(({ received }) => received() > whole));
    for (const { socket } of again) socket.terminate();
  });
});

describe('pages that read nothing', () => {
  it('keep little of what they have asked for waiting here', async () => {
    await startExec();
    const { exit, stdio } = execs[0] ?? expect.fail('nothing was executed');
    stdio.stdout(realisticOutput(40_000));
    exit(0);
    const cookie = await openSession();
    const held = (): number => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = held();
    const [pages, times] = [50, 4];
    const opened = await Promise.all(
      Array.from({ length: pages }, async () => {
        const { socket, received } = await open(cookie, false);
        socket.pause();
        // More than the system's own buffers take. A page that was cut off often asks so.
        for (let time = 1; time < times; time += 1) {
          socket.send(JSON.stringify({ type: 'run.attach', run: RUN, offset: 0 }));
        }
        return { socket, received };
      }),
    );
    expect((await get('/api/health', { cookie })).status).toBe(200);
    expect(await steady('what waits here', held)).toBeLessThan(before + pages * 0.5 * MIB);
    for (const { socket } of opened) socket.resume();
    await waitFor('each to be sent a window', () =>
      opened.every(({ received }) => received() >= WINDOW),
    );
    for (const { socket } of opened) socket.terminate();
  });
});

describe('a page that reads nothing while a newer run of the step begins', () => {
  it('is sent no more of the one before', { timeout: 15_000 }, async () => {
    const starter = await startExec();
    execs[0]?.stdio.stdout(Buffer.alloc(MIB, 'x'));
    const { socket } = await open(await openSession(), false);
    socket.pause();
    for (let times = 0; times < 100; times += 1) {
      socket.send(JSON.stringify({ type: 'run.attach', run: RUN, offset: 0 }));
    }
    execs[0]?.exit(0);
    await starter.status(RUN, 'passed');
    const newer = { ...startRun, run: crypto.randomUUID() };
    starter.send(newer);
    await starter.status(newer.run, 'running');
    let [begun, answered, late] = [false, false, 0];
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) late += begun ? data.length : 0;
      else if (data.includes(newer.run)) begun = true;
      else if (data.includes('bad-message')) answered = true;
    });
    socket.resume();
    await waitFor('the newer run', () => begun);
    socket.send('answered after all else');
    await waitFor('the answer', () => answered);
    expect(late).toBe(0);
    socket.terminate();
  });
});

describe('a page that never says what it has drawn', () => {
  it('is sent a window and no more, and keeps nobody else from the rest', async () => {
    await startExec();
    const cookie = await openSession();
    const silent = await open(cookie, false);
    const honest = await open(cookie);
    const output = realisticOutput(10_000);
    for (let count = 0; count < 5; count += 1) {
      execs[0]?.stdio.stdout(output);
      const so = (count + 1) * output.length;
      await waitFor('the honest page', () => honest.next() >= so);
    }
    expect(silent.received()).toBeLessThan(WINDOW + 0.1 * MIB);
    expect(execs[0]?.paused).toBe(false);
    for (const { socket } of [silent, honest]) socket.terminate();
  });
});

describe('a page that has left', () => {
  it('keeps no run waiting that waited for it', async () => {
    await startExec();
    const page = await open(await openSession(), false);
    await waitFor('the prompt', () => page.received() > 0);
    execs[0]?.stdio.stdout(Buffer.alloc(2 * MIB, 'x'));
    expect(execs[0]?.paused).toBe(true);
    page.socket.terminate();
    // One that only draws nothing is waited for 5 s.
    await waitFor('the run to go on', () => execs[0]?.paused === false, 3_000);
  });
});

describe('runaway output', () => {
  /** Every exec is this real program, in a terminal. */
  const labOf = (command: string, args: readonly string[]): Lab => ({
    ...createFakeLab({ running: true }).lab,
    exec: (_, __, stdio) =>
      spawnProcess(command, args, { env: process.env, interactive: true, tty: true, stdio }),
  });
  const onDisk = (): number => {
    const folder = join(home, 'runs', RUN);
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  };

  it.each([
    ['yes', 'yes', ['카프카'], 60 * MIB],
    ['a gigabyte without a newline', 'head', ['-c', '1100000000', '/dev/zero'], 1_000_000_000],
  ])(
    '(%s) costs neither memory nor disk, and stops when told to',
    async (_, command, args, much) => {
      await restart(true, { lab: labOf(command, args) });
      const starter = await startExec();
      const page = await open(await openSession());
      await waitFor('10 MiB', () => page.next() > 10 * MIB, 20_000);
      const before = process.memoryUsage().rss;
      await waitFor('the flood', () => page.next() > much, 400_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(50 * MIB);
      expect(onDisk()).toBeLessThan(3 * MIB);
      starter.send({ type: 'run.signal', run: RUN, signal: 'interrupt' });
      const from = performance.now();
      await starter.status(RUN, 'stopped');
      expect(performance.now() - from).toBeLessThan(1_000);
      page.socket.terminate();
    },
    450_000,
  );

  it('that nobody looks at comes at a mebibyte a second', { timeout: 30_000 }, async () => {
    await restart(true, { lab: labOf('yes', []) });
    const starter = await startExec();
    const from = performance.now();
    // Each segment is named by the offset where it begins.
    const printed = (): number =>
      Math.max(
        0,
        ...readdirSync(join(home, 'runs', RUN)).map((name) => Number.parseInt(name, 10) || 0),
      );
    await waitFor('four MiB', () => printed() >= 4 * MIB, 20_000);
    // The first is a burst.
    expect(performance.now() - from).toBeGreaterThan(2_700);
    starter.send({ type: 'run.signal', run: RUN, signal: 'interrupt' });
    await starter.status(RUN, 'stopped');
  });
});

describe('input that its program never reads', () => {
  it.each([
    ['a terminal', true],
    ['a pipe', false],
  ])(
    'in %s is taken only as far as it costs little, and the rest is refused',
    { timeout: 40_000 },
    async (_, tty) => {
      const exec: Lab['exec'] = (_container, _options, stdio) =>
        spawnProcess('sleep', ['60'], { env: process.env, interactive: true, tty, stdio });
      await restart(true, { lab: { ...createFakeLab({ running: true }).lab, exec } });
      const page = await startExec();
      collectGarbage();
      const before = process.memoryUsage().arrayBuffers;
      // 16 MB: lines, which a terminal keeps for whoever reads them later.
      const data = '주문 하나\n'.repeat(2_000);
      for (let times = 0; times < 500; times += 1) {
        page.send({ type: 'run.input', run: RUN, data });
      }
      const refused = () => page.messages.filter(({ type }) => type === 'error');
      await waitFor('the refusals', () => refused().length > 450, 15_000);
      await vi.waitFor(() => {
        collectGarbage();
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * MIB);
      }, 10_000);
      page.send({ type: 'run.signal', run: RUN, signal: 'interrupt' });
      await page.status(RUN, 'stopped');
      expect(refused()[0]).toMatchObject({
        run: RUN,
        message: expect.stringContaining('읽지 않은'),
      });
    },
  );
});

it.each([
  ['a terminal', true],
  ['a pipe', false],
])(
  'input that its program reads slowly arrives in %s whole, where each piece waits for the one before',
  { timeout: 60_000 },
  async (_, tty) => {
    // Bash reads a byte at a time.
    const script =
      'stty -echo -icanon 2> /dev/null; echo ready; while read -r line; do echo "$line"; done';
    const exec: Lab['exec'] = (_container, _options, stdio) =>
      spawnProcess('bash', ['-c', script], { env: process.env, interactive: true, tty, stdio });
    await restart(true, { lab: { ...createFakeLab({ running: true }).lab, exec } });
    const page = await startExec();
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
    const lines = Array.from({ length: 40_000 }, (_, index) => `order-${index}`);
    await waitFor('its terminal', () => page.output.get(RUN)?.includes('ready'));
    const taken = (): number => page.messages.filter(({ type }) => type === 'run.taken').length;
    for (const [index, data] of inputParts(`${lines.join('\n')}\nend\n`).entries()) {
      page.send({ type: 'run.input', run: RUN, data });
      await waitFor('it to be taken', () => taken() > index, 30_000);
    }
    const read = (): string[] => (page.output.get(RUN)?.toString() ?? '').split(/\r?\n/);
    await waitFor('the last line', () => read().includes('end'), 30_000);
    expect(read().filter((line) => line.startsWith('order'))).toEqual(lines);
    expect(page.messages.filter(({ type }) => type === 'error')).toEqual([]);
    page.send({ type: 'run.signal', run: RUN, signal: 'kill' });
    await page.status(RUN, 'stopped');
  },
);

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  /** As if it were full when this file of the run is written. */
  const fill = (file: string): void => {
    mkdirSync(join(home, 'runs', RUN), { recursive: true });
    symlinkSync('/dev/full', join(home, 'runs', RUN, file));
  };
  const other = { ...startRun, run: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c12' };

  it('lets a run go on, and its pages see where its record ends, also after a restart', async () => {
    fill('0.out');
    const page = await startExec();
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
    execs[0]?.stdio.stdout(Buffer.from('orders\r\n'));
    execs[0]?.exit(0);
    await page.status(RUN, 'passed');
    const text = (): string => page.output.get(RUN)?.toString() ?? '';
    await waitFor('the mark', () => text().includes(NOT_KEPT.toString()));
    expect(text()).toContain('orders');
    // Once more at the end: by then the mark may have left the screen.
    await waitFor('the last word', () => text().endsWith(HALF_KEPT.toString()));
    await restart(true);
    const later = await connect();
    await later.status(RUN, 'passed');
    later.send({ type: 'run.attach', run: RUN, offset: 0 });
    await waitFor('the mark', () => later.output.get(RUN)?.equals(NOT_KEPT));
    later.send(other);
    await later.status(other.run, 'running');
  });

  it('that has room again is told how a run has ended, before the sidecar goes', async () => {
    fill('events.jsonl');
    const page = await startExec();
    execs[0]?.stdio.stdout(Buffer.from('orders\r\n'));
    execs[0]?.exit(0);
    await page.status(RUN, 'passed');
    rmSync(join(home, 'runs', RUN, 'events.jsonl'));
    await restart(true);
    const later = await connect();
    await later.status(RUN, 'passed');
  });

  it('that takes no word of what is going to be done lets nothing be done', async () => {
    fill('run.json');
    const page = await connect();
    page.send(startRun);
    expect(await page.refusal('unavailable')).toMatchObject({
      message: expect.stringContaining('빈 공간'),
    });
    expect(execs).toHaveLength(0);
    page.send(other);
    await page.status(other.run, 'running');
  });
});
