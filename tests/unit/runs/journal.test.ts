import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createJournal } from '../../../server/runs/journal.ts';
import { KEPT, type Output } from '../../../server/runs/output.ts';
import { pastRun } from '../../../server/runs/past-run.ts';
import { ENDED } from '../../../server/runs/run.ts';
import { readSegments } from '../../../server/runs/segments.ts';
import { makeFolder } from '../lab/folder.ts';

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
const INTENT = {
  run: RUN,
  step: 'topics/list',
  edition: 'e',
  startedAt: 1_000,
  cols: 80,
  rows: 24,
  lab: 'local',
} as const;

const start = (folder = makeFolder()) => ({
  folder,
  journal: createJournal(folder, INTENT, () => 5),
});

/** Everything from `offset` on, and where it begins. */
const readAll = (output: Output, offset = 0): { from: number; bytes: Buffer } => {
  const parts: Uint8Array[] = [];
  let from: number | undefined;
  for (let next = offset; ; ) {
    const part = output.read(next);
    if (part === undefined) return { from: from ?? next, bytes: Buffer.concat(parts) };
    from ??= part.offset;
    parts.push(part.bytes);
    next = part.offset + part.bytes.length;
  }
};

describe('a journal', () => {
  it('gives back every byte as it came, from any offset', () => {
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.nat(), (chunks, seek) => {
        const { folder, journal } = start();
        for (const chunk of chunks) journal.append(chunk);
        journal.close();
        const all = Buffer.concat(chunks);
        const output = readSegments(folder);
        expect(output.size).toBe(all.length);
        const offset = seek % (all.length + 1);
        expect(readAll(output, offset).bytes.equals(all.subarray(offset))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the newest 2 MiB, and little more', () => {
    const { folder, journal } = start();
    const chunk = Buffer.alloc(100_000);
    for (let count = 0; count < 100; count += 1) journal.append(chunk.fill(count));
    journal.close();
    const { from, bytes } = readAll(readSegments(folder));
    expect(from + bytes.length).toBe(10_000_000);
    expect(bytes.length).toBeGreaterThanOrEqual(KEPT);
    expect(bytes.length).toBeLessThan(KEPT + 600_000);
    expect(bytes.at(-1)).toBe(99);
    expect(readdirSync(folder).filter((name) => name.endsWith('.out')).length).toBeLessThan(12);
  });

  it('knows when what came', () => {
    const folder = makeFolder();
    let now = 0;
    const journal = createJournal(folder, INTENT, () => now);
    for (const [at, text] of [
      [0, 'a'],
      [4, 'b'],
      [50.4, 'c'],
    ] as const) {
      now = at;
      journal.append(Buffer.from(text));
    }
    journal.close();
    expect(readFileSync(join(folder, '0.times'), 'utf8')).toBe('0 0\n50 2\n');
  });

  it('refuses to begin what it cannot write down', () => {
    const folder = makeFolder();
    symlinkSync('/dev/full', join(folder, 'run.json'));
    expect(() => start(folder)).toThrow('실행하지 않았습니다');
    expect(existsSync(folder)).toBe(false);
  });

  it('on a full disk keeps what it has, and lets the run go on', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    const folder = makeFolder();
    mkdirSync(folder, { recursive: true });
    symlinkSync('/dev/full', join(folder, `${256 * 1024}.out`));
    const { journal } = start(folder);
    journal.append(Buffer.alloc(256 * 1024, 'x'));
    expect(journal.whole).toBe(true);
    journal.append(Buffer.from('more'));
    journal.append(Buffer.from('and more'));
    expect(journal.whole).toBe(false);
    expect(complain).toHaveBeenCalledOnce();
    journal.close();
    expect(readAll(readSegments(folder)).bytes.length).toBe(256 * 1024);
    complain.mockRestore();
  });
});

describe('a journal that somebody removes', () => {
  it('under its run has nothing kept, and throws nothing', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { folder, journal } = start();
    journal.append(Buffer.from('x'));
    rmSync(folder, { recursive: true });
    journal.note({ event: 'end', at: 1, status: 'passed', exitCode: 0 });
    journal.close();
    expect(journal.kept()).toBeUndefined();
    complain.mockRestore();
  });

  it('while it is read ends there', () => {
    const { folder, journal } = start();
    journal.append(Buffer.from('x'));
    journal.close();
    const output = readSegments(folder);
    rmSync(folder, { recursive: true });
    expect(output.read(0)).toBeUndefined();
  });
});

describe('a run of an earlier sidecar', () => {
  it('shows how it ended', () => {
    const { folder, journal } = start();
    journal.append(Buffer.from('끝'));
    journal.note({ event: 'end', at: 12, status: 'failed', exitCode: 3 });
    journal.close();
    const run = pastRun(folder);
    expect(run.status).toMatchObject({
      run: RUN,
      step: 'topics/list',
      status: 'failed',
      exitCode: 3,
      duration: 12,
      startedAt: 1_000,
      size: 3,
    });
    expect(readAll(run.output).bytes.toString()).toBe('끝');
  });

  it('takes no input', () => {
    const { folder, journal } = start();
    journal.note({ event: 'end', at: 12, status: 'passed', exitCode: 0 });
    const refusal = expect.objectContaining({ code: 'bad-message', message: ENDED });
    expect(() => pastRun(folder).write(Buffer.from('x'))).toThrow(refusal);
  });

  it('shows where its output ends that the disk did not have all of', () => {
    const { folder, journal } = start();
    journal.append(Buffer.from('끝'));
    journal.note({ event: 'end', at: 12, status: 'passed', exitCode: 0, whole: false });
    journal.close();
    const { output, status } = pastRun(folder);
    const { bytes } = readAll(output);
    expect(bytes.toString()).toMatch(/^끝.*기록이 남지 않습니다/s);
    expect(status.size).toBe(bytes.length);
    expect(readAll(output, 10).bytes).toEqual(bytes.subarray(10));
    expect(output.read(bytes.length)).toBeUndefined();
  });

  it('knows its end, though the line before was torn by a disk that was full for a moment', () => {
    const { folder, journal } = start();
    writeFileSync(join(folder, 'events.jsonl'), '{"event":"signal","at":3,"si');
    journal.note({ event: 'end', at: 12, status: 'stopped', exitCode: 130 });
    expect(pastRun(folder).status).toMatchObject({ status: 'stopped', duration: 12 });
  });

  it.each([
    ['nothing at all', undefined],
    ['a torn line', '{"event":"end","at":12,"sta'],
  ])('is unknown where its journal says %s of its end', (_, events) => {
    const { folder, journal } = start();
    journal.append(Buffer.from('x'));
    if (events !== undefined) writeFileSync(join(folder, 'events.jsonl'), events);
    const { output, status } = pastRun(folder);
    expect(status).toMatchObject({ status: 'unknown', exitCode: null, size: output.size });
    // Nor does anybody know what else it printed.
    expect(readAll(output).bytes.toString()).toMatch(/^x.*기록이 여기에서 끊겼습니다/s);
  });

  it('is unknown even if it had passed, and went on in the background', () => {
    const { folder, journal } = start();
    journal.note({ event: 'up', at: 3 });
    expect(pastRun(folder).status).toMatchObject({ status: 'unknown', background: false });
  });
});
