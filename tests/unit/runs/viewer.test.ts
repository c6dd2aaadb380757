import { describe, expect, it, vi } from 'vitest';
import type { Process } from '../../../server/lab/lab.ts';
import { WINDOW } from '../../../server/runs/pace.ts';
import { createRun, type Run } from '../../../server/runs/run.ts';
import { createViewer } from '../../../server/runs/viewer.ts';
import { makeFolder } from '../lab/folder.ts';

const MEGABYTE = 1024 * 1024;

/** A run that has printed `bytes` and goes on; `print` makes it print more. */
const runThatPrinted = (bytes: number): Run & { print(count: number): void } => {
  let print = (_count: number): void => {};
  const run = createRun({
    id: 'x',
    step: 'a/b',
    edition: 'e',
    lab: 'local',
    size: { cols: 80, rows: 24 },
    folder: makeFolder(),
    patient: false,
    begin: (stdio) => {
      print = (count) => stdio.stdout(Buffer.alloc(count, 'x'));
      print(bytes);
      const process: Process = {
        exited: new Promise(() => {}),
        write: () => {},
        end: () => {},
        unread: 0,
        resize: () => {},
        signal: () => {},
        pause: () => {},
        resume: () => {},
      };
      return process;
    },
  });
  return Object.assign(run, { print });
};

/** Its connection takes all at once; or what `waiting` says, when it says so. */
const watch = (run: Run, from: number, waiting?: (() => void)[]) => {
  const frames: { offset: number; length: number }[] = [];
  const viewer = createViewer(run, from, (offset, { length }, left) => {
    frames.push({ offset, length });
    if (waiting === undefined) left();
    else waiting.push(left);
  });
  const end = (): number => (frames.at(-1)?.offset ?? 0) + (frames.at(-1)?.length ?? 0);
  return { viewer, frames, end };
};

describe('a page reading a run', () => {
  it('goes on at the byte it asks for', () => {
    const { frames, end } = watch(runThatPrinted(1_000), 400);
    expect(frames).toEqual([{ offset: 400, length: 600 }]);
    expect(end()).toBe(1_000);
  });

  it('gets the last of it where it knows no byte to go on at', () => {
    expect(watch(runThatPrinted(1_000), -400).frames).toEqual([{ offset: 600, length: 400 }]);
    expect(watch(runThatPrinted(1_000), -4_000).frames).toEqual([{ offset: 0, length: 1_000 }]);
  });

  it('gets no more than a window ahead of what it has drawn', () => {
    const { viewer, end } = watch(runThatPrinted(2 * MEGABYTE), 0);
    expect(end()).toBe(WINDOW);
    viewer.acknowledge(MEGABYTE / 4);
    viewer.flush();
    expect(end()).toBe(2 * MEGABYTE);
  });

  it('gets no more than its connection takes', () => {
    const waiting: (() => void)[] = [];
    const { viewer, end } = watch(runThatPrinted(MEGABYTE), 0, waiting);
    expect(end()).toBe(MEGABYTE / 4);
    viewer.flush();
    expect(end()).toBe(MEGABYTE / 4);
    waiting.shift()?.();
    expect(end()).toBe(MEGABYTE / 4 + 64 * 1024);
    for (let left = waiting.shift(); left !== undefined; left = waiting.shift()) left();
    expect(end()).toBe(MEGABYTE);
  });

  it('that has left is sent nothing more', () => {
    const waiting: (() => void)[] = [];
    const { viewer, end } = watch(runThatPrinted(MEGABYTE), 0, waiting);
    viewer.close();
    for (const left of waiting.splice(0)) left();
    expect(end()).toBe(MEGABYTE / 4);
  });

  it('that has left is waited for no longer', () => {
    const run = runThatPrinted(2 * MEGABYTE);
    const leave = vi.fn();
    const attend = () => ({ reached: () => {}, leave });
    watch({ ...run, attend }, 0).viewer.close();
    expect(leave).toHaveBeenCalledOnce();
  });

  it('is not moved by an acknowledgement of bytes that were never sent', () => {
    const { viewer, end } = watch(runThatPrinted(2 * MEGABYTE), 0);
    viewer.acknowledge(2 * MEGABYTE);
    viewer.flush();
    expect(end()).toBe(WINDOW);
  });

  it('is not moved back by an acknowledgement that came late', () => {
    const { viewer, end } = watch(runThatPrinted(2 * MEGABYTE), 0);
    viewer.acknowledge(MEGABYTE / 4);
    viewer.acknowledge(0);
    viewer.flush();
    expect(end()).toBe(2 * MEGABYTE);
  });

  it('begins at the oldest byte kept when it asks for one that was dropped', () => {
    const { frames } = watch(runThatPrinted(5 * MEGABYTE), 0);
    expect(frames[0]?.offset).toBe(3 * MEGABYTE);
  });

  it('that asks for a byte beyond the end gets what comes next', () => {
    const run = runThatPrinted(10);
    const { viewer, frames } = watch(run, 1_000);
    expect(frames).toEqual([]);
    run.print(5);
    viewer.flush();
    expect(frames).toEqual([{ offset: 10, length: 5 }]);
  });
});
