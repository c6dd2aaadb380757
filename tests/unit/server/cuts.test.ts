/** The wire between page and sidecar, cut at any byte: nothing is lost, nothing comes twice. */
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decodeOutput } from '../../../src/client/frames.ts';
import { createOutputCursor } from '../../../src/client/output-cursor.ts';
import { type Cutter, createCutter } from '../../cutter.ts';
import { realisticOutput } from '../../realistic-output.ts';
import { waitFor } from '../../wait.ts';
import { execs, openSession, port, restart, startRun } from './site-under-test.ts';

let cutter: Cutter;
beforeEach(async () => {
  cutter = await createCutter(() => port);
  await restart(true, { alsoPorts: [cutter.port] });
});
afterEach(() => cutter.close());

/** Reads a run as a page does: attaches where it has stopped, as often as it is cut off. */
const reader = (run: string, cookie: string) => {
  const cursor = createOutputCursor();
  const parts: Buffer[] = [];
  let stopped = false;
  const connect = (): void => {
    if (stopped) return;
    const socket = new WebSocket(`ws://127.0.0.1:${cutter.port}/api/socket`, {
      headers: { cookie, origin: `http://127.0.0.1:${cutter.port}` },
    });
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.on('open', () => send({ type: 'run.attach', run, offset: cursor.offset }));
    socket.on('error', () => {});
    socket.on('close', connect);
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return;
      const frame = decodeOutput(Uint8Array.from(data).buffer);
      if (frame === undefined) throw new Error('a frame that is no output');
      const { skip, gap } = cursor.take(frame.header.offset, frame.bytes.length);
      expect(gap).toBe(0);
      parts.push(Buffer.from(frame.bytes.subarray(skip)));
      send({ type: 'run.ack', run, offset: cursor.offset });
    });
  };
  connect();
  return {
    received: () => Buffer.concat(parts),
    offset: () => cursor.offset,
    stop: () => {
      stopped = true;
      cutter.cut();
    },
  };
};

const CUTS = 50;
const RUNS = 20;

it(`loses and repeats no byte in ${CUTS * RUNS} cuts`, async () => {
  const cookie = await openSession();
  const starter = new WebSocket(`ws://127.0.0.1:${port}/api/socket`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
  await once(starter, 'open');
  const output = realisticOutput(2_000);
  const positions = fc.integer({ min: 0, max: 3_000 });
  let total = 0;
  const property = fc.asyncProperty(
    fc.array(positions, { minLength: CUTS, maxLength: CUTS }),
    async (bytes) => {
      const run = crypto.randomUUID();
      const known = execs.length;
      starter.send(JSON.stringify({ ...startRun, run }));
      const exec = await waitFor('the run', () => execs[known]);
      const page = reader(run, cookie);
      const printed: Buffer[] = [];
      let size = 0;
      for (const cut of bytes) {
        const before = cutter.cuts;
        cutter.cutAfter(cut);
        await waitFor('the cut', () => {
          if (cutter.cuts > before) return true;
          // What is kept is finite: it prints no further ahead than that.
          if (size - page.offset() > 500_000) return false;
          const part = output.subarray(size % 100_000, (size % 100_000) + 3_989);
          printed.push(part);
          size += part.length;
          exec.stdio.stdout(part);
          return false;
        });
        total += 1;
      }
      exec.exit(0);
      const wanted = Buffer.concat(printed);
      const received = await waitFor('all of it', () => {
        const all = page.received();
        const prompt = all.indexOf('\n') + 1;
        return all.length - prompt >= wanted.length ? all.subarray(prompt) : undefined;
      });
      page.stop();
      expect(received.equals(wanted)).toBe(true);
    },
  );
  await fc.assert(property, { numRuns: RUNS, seed: 20_261_125, endOnFailure: true });
  expect(total).toBe(CUTS * RUNS);
  starter.terminate();
}, 120_000);
