import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LabError, OutcomeUnknown } from '../../../server/errors.ts';
import type { Run } from '../../../server/runs/run.ts';
import { collectGarbage } from '../../collect-garbage.ts';
import { startRun } from './start-run.ts';

it('leaves its output to the disk when it has ended, and holds no memory of it', async () => {
  const runs: Run[] = [];
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  for (let times = 0; times < 5; times += 1) {
    const { run, print, exit } = startRun();
    run.subscribe(() => {});
    print('x'.repeat(1024 * 1024));
    await exit(0);
    runs.push(run);
  }
  // Buffers are freed beside the program, a moment after they were collected.
  await vi.waitFor(() => {
    collectGarbage();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  }, 10_000);
  expect(runs.every(({ output }) => output.size === 1024 * 1024)).toBe(true);
});

it('says how much of its output is not kept any more, as its journal does later', async () => {
  const { run, print, exit } = startRun();
  for (let times = 0; times < 4; times += 1) print('x'.repeat(1024 * 1024));
  expect(run.status.dropped).toBeGreaterThan(1024 * 1024);
  await exit(0);
  const { size, dropped } = run.status;
  expect(size).toBe(4 * 1024 * 1024);
  expect(dropped).toBeGreaterThan(1024 * 1024);
  expect(dropped).toBeLessThanOrEqual(2 * 1024 * 1024);
  expect(run.output.read(0)?.offset).toBe(dropped);
});

it('counts as unknown where nobody can say how it went on, and as failed where it was refused', async () => {
  const lost = startRun();
  expect(await lost.fail(new OutcomeUnknown('끊겼습니다'))).toBe('unknown');
  expect(await startRun().fail(new LabError('unavailable', '없습니다'))).toBe('failed');
});

it('hears a Ctrl+C that is typed behind what it has not read', () => {
  const [idle, busy] = [startRun(), startRun({ unread: 5 })];
  for (const { run } of [idle, busy]) run.write(Buffer.from('\x03'));
  expect([idle.told, busy.told]).toEqual([['write 1'], ['interrupt']]);
});

describe('a run that is told to stop', () => {
  it('is not held back any more: it is to end', () => {
    const { run, told, print } = startRun();
    run.attend(0);
    print('x'.repeat(2 * 1024 * 1024));
    expect(told).toEqual(['pause']);
    run.signal('interrupt');
    expect(told).toEqual(['pause', 'interrupt', 'resume']);
  });

  it('is told nothing more once it has ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { run, told, stop } = startRun();
    await stop();
    vi.advanceTimersByTime(60_000);
    run.signal('kill');
    run.resize({ cols: 90, rows: 30 });
    expect(told).toEqual(['interrupt']);
  });
});

describe('a step whose failure is the lesson', () => {
  const expectation = { kind: 'failure', text: 'NotEnoughReplicas' } as const;

  it.each([0, 1])('passes when the reason appears, with exit code %i', async (code) => {
    const { print, exit } = startRun({ expectation });
    print('ERROR NotEnough');
    print('ReplicasException');
    expect(await exit(code)).toBe('passed');
  });

  it.each([0, 1])('fails when it does not, with exit code %i', async (code) => {
    const { print, exit } = startRun({ expectation });
    print('ERROR TimeoutException');
    expect(await exit(code)).toBe('failed');
  });

  it('does not take the prompt for the reason', async () => {
    const { prompt, exit } = startRun({ expectation });
    prompt('$ echo NotEnoughReplicas');
    expect(await exit(0)).toBe('failed');
  });

  it('passes when it is stopped after the reason, and is stopped before it', async () => {
    const shown = startRun({ expectation });
    shown.print('NotEnoughReplicas');
    expect(await shown.stop()).toBe('passed');
    expect(await startRun({ expectation }).stop()).toBe('stopped');
  });
});

describe('a step that runs in the background', () => {
  const expectation = { kind: 'background', text: '할당' } as const;

  it('has passed once it is up, and stays so when it is stopped', async () => {
    const { run, print, stop } = startRun({ expectation });
    expect(run.status).toMatchObject({ status: 'running', background: false });
    print('할당 orders-0');
    expect(run.status).toMatchObject({ status: 'passed', background: true });
    expect(await stop()).toBe('passed');
    expect(run.status.background).toBe(false);
  });

  it('is stopped when it is stopped before it was up', async () => {
    expect(await startRun({ expectation }).stop()).toBe('stopped');
  });

  it('does not take the ^C of its terminal for a first output', async () => {
    const { print, stop } = startRun({
      expectation: { kind: 'background', text: '' },
      interrupted: () => print('^C'),
    });
    expect(await stop()).toBe('stopped');
  });

  it('fails when it breaks down, also after it was up', async () => {
    const early = startRun({ expectation });
    expect(await early.exit(1)).toBe('failed');
    const late = startRun({ expectation });
    late.print('할당');
    expect(await late.exit(1)).toBe('failed');
  });
});
