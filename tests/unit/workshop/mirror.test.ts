import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterState, OutputHeader, ServerMessage } from '../../../server/protocol.ts';
import { createMirror, type Mirror, type Viewer } from '../../../server/workshop/mirror.ts';
import { ParticipantMessage } from '../../../server/workshop/protocol.ts';
import { createShown, type Shown } from '../../../server/workshop/shown.ts';
import { statusOf as status } from '../../run-status.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const presenter = {};

const state = (at: number): ClusterState => ({
  type: 'cluster.state',
  at,
  seenAt: at,
  zookeeper: 'running',
  brokers: [],
  toldAt: at,
  controller: 1,
  partitions: [],
  groups: [],
});

const happened = (at: number): ServerMessage => ({
  type: 'cluster.happened',
  happening: { kind: 'changes', at, date: at, seen: true, toldAt: at, changes: [] },
});

/** A page: what it keeps of what it is sent. */
const openViewer = (
  mirror: Mirror,
  chapter?: string,
  person: string = randomUUID(),
): { viewer: Viewer & { backlog: number; bytes: number }; kept: Shown; frames: string[] } => {
  const kept = createShown();
  const frames: string[] = [];
  const viewer = {
    backlog: 0,
    bytes: 0,
    tell: (message: Buffer) => {
      viewer.bytes += message.length;
      frames.push(message.toString());
      kept.take(JSON.parse(message.toString()).message as ServerMessage);
    },
    pass: (bytes: Uint8Array) => {
      const frame = Buffer.from(bytes);
      viewer.bytes += frame.length;
      frames.push(frame.toString());
      const end = frame.indexOf('\n');
      const header = JSON.parse(frame.subarray(0, end).toString()) as OutputHeader;
      kept.takeOutput(header.run, header.offset, frame.subarray(end + 1));
    },
  };
  mirror.watch(viewer, person, chapter);
  return { viewer, kept, frames };
};

/** All that a page of this knows, each run's output as one text with its gaps. */
const known = (kept: Shown): unknown => {
  const outputs = new Map<string, string>();
  const messages: ServerMessage[] = [];
  for (const told of kept.since(0)) {
    if (told.kind === 'message') messages.push(told.message);
    else
      outputs.set(
        told.run,
        `${outputs.get(told.run) ?? ''}[${told.offset}]${Buffer.from(told.bytes)}`,
      );
  }
  return { messages, runs: [...outputs.keys()] };
};

const end = (kept: Shown, run: string): string => {
  let text = '';
  let next = 0;
  for (const { offset, bytes } of kept.outputOf(run, 0)) {
    text += `${offset > next ? '…' : ''}${Buffer.from(bytes)}`;
    next = offset + bytes.length;
  }
  return `${text.slice(-60_000)} ${next}`;
};

const print = (mirror: Mirror, run: string, offset: number, text: string, from = presenter): void =>
  mirror.output(from, { type: 'run.output', run, offset }, Buffer.from(text));

type Act =
  | { readonly kind: 'message'; readonly message: ServerMessage }
  | { readonly kind: 'print'; readonly run: string; readonly jump: number; readonly size: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'stall'; readonly on: boolean };

/** Two of one step, and another. */
const RUNS = {
  a: { step: 'topics/list', startedAt: 1 },
  b: { step: 'failures/stop', startedAt: 2 },
  c: { step: 'topics/list', startedAt: 3 },
};

const run = fc.constantFrom('a' as const, 'b' as const, 'c' as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({
      run,
      status: fc.constantFrom('running' as const, 'passed' as const, 'failed' as const),
    })
    .map(({ run, status: now }) => ({
      kind: 'message' as const,
      message: status(run, { ...RUNS[run], status: now }),
    })),
  fc.record({
    kind: fc.constant('print' as const),
    run,
    jump: fc.integer({ min: -2_000, max: 500 }),
    size: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 80_000 })),
  }),
  fc.nat(9).map((at) => ({ kind: 'message' as const, message: state(at) })),
  fc.nat(9).map((at) => ({ kind: 'message' as const, message: happened(at) })),
  run.map((id) => ({
    kind: 'message' as const,
    message: { type: 'run.effect' as const, run: id, changes: [] },
  })),
  fc.integer({ min: 1, max: 6 }).map((at) => ({
    kind: 'message' as const,
    message: { type: 'lab.resetting' as const, state: 'done' as const, at, text: '' },
  })),
  fc.integer({ min: 1, max: 200 }).map((milliseconds) => ({ kind: 'wait' as const, milliseconds })),
  fc.boolean().map((on) => ({ kind: 'stall' as const, on })),
);

describe('whoever comes late, or could not be sent anything for a while', () => {
  it('knows in the end what one knows who was there from the start', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.nat(60), (acts, arrival) => {
        const mirror = createMirror();
        const first = openViewer(mirror);
        const stalled = openViewer(mirror);
        let late: ReturnType<typeof openViewer> | undefined;
        const ends = new Map<string, number>();
        for (const [index, each] of acts.entries()) {
          if (index === arrival) late = openViewer(mirror);
          if (each.kind === 'message') mirror.show(presenter, each.message);
          else if (each.kind === 'wait') vi.advanceTimersByTime(each.milliseconds);
          else if (each.kind === 'stall') stalled.viewer.backlog = each.on ? 1e9 : 0;
          else {
            const offset = Math.max(0, (ends.get(each.run) ?? 0) + each.jump);
            print(mirror, each.run, offset, 'x'.repeat(each.size));
            ends.set(each.run, Math.max(offset + each.size, ends.get(each.run) ?? 0));
          }
        }
        late ??= openViewer(mirror);
        stalled.viewer.backlog = 0;
        vi.advanceTimersByTime(60_000);
        for (const other of [late, stalled]) {
          expect(known(other.kept)).toEqual(known(first.kept));
          for (const id of ['a', 'b', 'c']) expect(end(other.kept, id)).toBe(end(first.kept, id));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('forgets a run of before the last start over, though an earlier one is told after it', () => {
    const mirror = createMirror();
    const { kept, viewer } = openViewer(mirror);
    mirror.show(presenter, status('a', RUNS.a));
    vi.advanceTimersByTime(50);
    viewer.backlog = 1e9;
    for (const at of [2, 1])
      mirror.show(presenter, { type: 'lab.resetting', state: 'done', at, text: '' });
    viewer.backlog = 0;
    vi.advanceTimersByTime(60_000);
    expect(kept.stepOf('a')).toBeUndefined();
  });

  it('is given the run before its output, and the axis before the cluster', () => {
    const mirror = createMirror();
    mirror.show(presenter, state(1));
    mirror.show(presenter, happened(2));
    mirror.show(presenter, status('a', { status: 'passed' }));
    print(mirror, 'a', 0, 'hello');
    const { frames } = openViewer(mirror);
    vi.advanceTimersByTime(50);
    expect(frames.map((frame) => /run\.\w+|cluster\.\w+/.exec(frame)?.[0])).toEqual([
      'run.status',
      'run.output',
      'cluster.history',
      'cluster.state',
    ]);
  });

  it('is given the last 64 kB of an output, as a jump of its offset', () => {
    const mirror = createMirror();
    mirror.show(presenter, status('a'));
    for (let at = 0; at < 200; at += 1) print(mirror, 'a', at * 1_000, 'x'.repeat(1_000));
    const { kept } = openViewer(mirror);
    vi.advanceTimersByTime(50);
    const [first] = kept.outputOf('a', 0);
    expect(200_000 - (first?.offset ?? 0)).toBeGreaterThanOrEqual(64 * 1024);
    expect(200_000 - (first?.offset ?? 0)).toBeLessThan(70 * 1024);
  });

  it('is told how long a run has gone on by then, and of one that has ended how long it took', () => {
    const mirror = createMirror();
    mirror.show(presenter, status('a', { duration: 100 }));
    mirror.show(presenter, status('b', { step: 'topics/more', status: 'passed', duration: 100 }));
    vi.advanceTimersByTime(5_000);
    const { frames } = openViewer(mirror);
    vi.advanceTimersByTime(50);
    const durations = frames.map((frame) => JSON.parse(frame).message.duration);
    expect(durations).toEqual([5_150, 100]);
  });

  it('is told of the newest 40 runs', () => {
    const mirror = createMirror();
    for (let at = 0; at < 50; at += 1)
      mirror.show(presenter, status(`run${at}`, { step: `topics/s${at}`, startedAt: at }));
    const { frames } = openViewer(mirror);
    vi.advanceTimersByTime(50);
    expect(frames).toHaveLength(40);
    expect(frames[0]).toContain('run10');
  });

  it('is given the runs of its own chapter only', () => {
    const mirror = createMirror();
    const { frames } = openViewer(mirror, 'topics');
    vi.advanceTimersByTime(50);
    mirror.show(presenter, status('a', { step: 'failures/stop' }));
    mirror.show(presenter, status('b'));
    print(mirror, 'a', 0, 'no');
    print(mirror, 'b', 0, 'yes');
    expect(frames).toHaveLength(2);
    expect(frames[1]).toContain('yes');
  });
});

describe('the budget', () => {
  it('lets a flood cost the room no more than its rate, and its end arrives', () => {
    const mirror = createMirror();
    const viewers = Array.from({ length: 200 }, () => openViewer(mirror));
    mirror.show(presenter, status('a'));
    const size = 16_000;
    // For ten seconds, 16 MB a second.
    for (let at = 0; at < 10_000; at += 1) {
      print(mirror, 'a', at * size, 'x'.repeat(size));
      vi.advanceTimersByTime(1);
    }
    const sent = viewers.reduce((sum, { viewer }) => sum + viewer.bytes, 0);
    // What was there at first, ten seconds of it, and what was decided while there was some.
    expect(sent).toBeLessThan((16 + 10 * 8 + 16) * 1024 * 1024);
    vi.advanceTimersByTime(10_000);
    expect(new Set(viewers.map(({ kept }) => end(kept, 'a'))).size).toBe(1);
    expect(end(viewers[0]?.kept ?? createShown(), 'a')).toContain(` ${10_000 * size}`);
  });

  it('queues nothing for a page that takes nothing', () => {
    const mirror = createMirror();
    const { viewer, frames } = openViewer(mirror);
    vi.advanceTimersByTime(50);
    viewer.backlog = 1e9;
    for (let at = 0; at < 100; at += 1) mirror.show(presenter, state(at));
    vi.advanceTimersByTime(10_000);
    expect(frames).toEqual([]);
    viewer.backlog = 0;
    vi.advanceTimersByTime(50);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toContain('"at":99');
  });
});

/** Runs of as much output as is kept. */
const showRuns = (mirror: Mirror, count: number): void => {
  for (let at = 0; at < count; at += 1) {
    const run = `run${at}`;
    mirror.show(presenter, status(run, { step: `topics/s${at}`, startedAt: at }));
    for (let piece = 0; piece < 4; piece += 1)
      print(mirror, run, piece * 16_000, 'x'.repeat(16_000));
  }
};
const MB = 1024 * 1024;
const bytesOf = (pages: readonly { viewer: { bytes: number } }[]): number =>
  pages.reduce((sum, { viewer }) => sum + viewer.bytes, 0);

describe('who comes again and again', () => {
  it('on one page, is told nothing by that alone; after it stopped, or for another chapter, all', () => {
    const mirror = createMirror();
    showRuns(mirror, 2);
    const { viewer, frames } = openViewer(mirror, 'topics', 'a');
    vi.advanceTimersByTime(1_000);
    const all = frames.length;
    expect(all).toBeGreaterThan(0);
    mirror.watch(viewer, 'a', 'topics');
    vi.advanceTimersByTime(1_000);
    expect(frames).toHaveLength(all);
    mirror.unwatch(viewer);
    mirror.watch(viewer, 'a', 'topics');
    vi.advanceTimersByTime(1_000);
    expect(frames).toHaveLength(2 * all);
    mirror.watch(viewer, 'a');
    vi.advanceTimersByTime(1_000);
    expect(frames).toHaveLength(3 * all);
  });

  it('keeps nobody from what is new, however many they are', () => {
    const mirror = createMirror();
    const follower = openViewer(mirror);
    showRuns(mirror, 40);
    for (let at = 0; at < 100; at += 1) {
      for (let count = 0; count < 5; count += 1) openViewer(mirror);
      vi.advanceTimersByTime(50);
      mirror.show(presenter, state(at));
      expect(follower.frames.at(-1)).toContain(`"at":${at},`);
    }
  });

  it('has for all pages together so much at once, and a second; so a few pages have all at once', () => {
    const mirror = createMirror();
    showRuns(mirror, 10);
    const few = Array.from({ length: 5 }, () => openViewer(mirror, 'topics', 'honest'));
    const many = Array.from({ length: 20 }, () => openViewer(mirror, 'topics', 'other'));
    vi.advanceTimersByTime(1_000);
    for (const { kept } of few) expect(end(kept, 'run9')).toContain(' 64000');
    // One more piece, as it is decided while there is some.
    expect(bytesOf(many)).toBeLessThan((4 + 0.25 + 0.1) * MB);
    vi.advanceTimersByTime(10_000);
    expect(bytesOf(many)).toBeGreaterThan((4 + 10 * 0.25) * MB);
    expect(bytesOf(many)).toBeLessThan((4 + 11 * 0.25 + 0.1) * MB);
    vi.advanceTimersByTime(60_000);
    for (const { kept } of many) expect(end(kept, 'run9')).toContain(' 64000');
  });

  it('comes after who has been told less', () => {
    const mirror = createMirror();
    showRuns(mirror, 10);
    for (let person = 0; person < 10; person += 1)
      for (let count = 0; count < 20; count += 1) openViewer(mirror, 'topics', `${person}`);
    vi.advanceTimersByTime(1_500);
    const { kept } = openViewer(mirror, 'topics');
    vi.advanceTimersByTime(500);
    expect(end(kept, 'run9')).toContain(' 64000');
  });

  it('is told how long a run has gone on by when they are told, however long they wait', () => {
    const mirror = createMirror();
    showRuns(mirror, 10);
    for (let count = 0; count < 20; count += 1) openViewer(mirror, 'topics', 'a');
    mirror.show(presenter, status('other', { step: 'failures/stop', duration: 0 }));
    const { frames } = openViewer(mirror, 'failures', 'a');
    let waited = 0;
    for (; frames.length === 0; waited += 50) vi.advanceTimersByTime(50);
    expect(waited).toBeGreaterThan(500);
    expect(JSON.parse(frames[0] ?? '').message.duration).toBe(waited);
  });

  it('does not keep their other pages from what is new', () => {
    const mirror = createMirror();
    showRuns(mirror, 10);
    const open = () => openViewer(mirror, 'topics', 'a');
    const many = Array.from({ length: 20 }, open);
    for (const { viewer } of many) viewer.backlog = 1e9;
    const { viewer, frames } = open();
    vi.advanceTimersByTime(50);
    for (const each of many) each.viewer.backlog = 0;
    vi.advanceTimersByTime(500);
    viewer.backlog = 1e9;
    mirror.show(presenter, state(1));
    viewer.backlog = 0;
    vi.advanceTimersByTime(50);
    expect(frames.at(-1)?.slice(0, 200)).toContain('"at":1,');
  });

  it('is another once they have left', () => {
    const mirror = createMirror();
    showRuns(mirror, 10);
    for (let count = 0; count < 20; count += 1) openViewer(mirror, 'topics', 'a');
    vi.advanceTimersByTime(1_000);
    mirror.forget('a');
    const { kept } = openViewer(mirror, 'topics', 'a');
    vi.advanceTimersByTime(1_000);
    expect(end(kept, 'run9')).toContain(' 64000');
  });
});

it('who comes has a part of what there is while what is new takes more than all', () => {
  const mirror = createMirror();
  for (let count = 0; count < 200; count += 1) openViewer(mirror);
  mirror.show(presenter, status('a'));
  const flood = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) {
      print(mirror, 'a', at * 16_000, 'x'.repeat(16_000));
      vi.advanceTimersByTime(1);
    }
  };
  flood(0, 5_000);
  const { frames } = openViewer(mirror);
  flood(5_000, 7_000);
  expect(frames.length).toBeGreaterThan(0);
});

it('what is newer waits for those who lack what is new, for want of a budget', () => {
  const mirror = createMirror();
  const { viewer: stalled } = openViewer(mirror);
  const others = Array.from({ length: 12 }, () => openViewer(mirror));
  vi.advanceTimersByTime(50);
  stalled.backlog = 1e9;
  mirror.show(presenter, status('a'));
  // So much more than there is that there is none at the next look, and a little soon after.
  for (let at = 0; at < 22; at += 1) print(mirror, 'a', at * 65_536, 'x'.repeat(65_536));
  vi.advanceTimersByTime(50);
  stalled.backlog = 0;
  const before = bytesOf(others);
  vi.advanceTimersByTime(45);
  mirror.show(presenter, state(1));
  expect(bytesOf(others)).toBe(before);
  vi.advanceTimersByTime(1_000);
  expect(bytesOf(others)).toBeGreaterThan(before);
});

describe('who shows', () => {
  it('is one page: of a second one, the class sees nothing until it begins', () => {
    const mirror = createMirror();
    const { frames } = openViewer(mirror);
    const second = {};
    mirror.show(presenter, status('a'));
    mirror.show(second, happened(1));
    expect(frames).toHaveLength(1);
    mirror.show(second, { type: 'cluster.history', happenings: [] });
    mirror.show(second, happened(1));
    mirror.show(presenter, happened(1));
    expect(frames).toHaveLength(3);
  });

  it('is another once that one is gone', () => {
    const mirror = createMirror();
    const { frames } = openViewer(mirror);
    mirror.show(presenter, status('a'));
    mirror.leave(presenter);
    mirror.show({}, happened(1));
    expect(frames).toHaveLength(2);
  });

  it('is no participant', () => {
    const show = { type: 'room.show', message: state(1) };
    expect(ParticipantMessage.safeParse(show).success).toBe(false);
  });
});

it('tells the same twice to nobody', () => {
  const mirror = createMirror();
  const { frames } = openViewer(mirror);
  for (let times = 0; times < 2; times += 1) {
    mirror.show(presenter, status('a'));
    print(mirror, 'a', 0, 'hello');
  }
  print(mirror, 'a', 3, 'lo, world');
  expect(frames).toHaveLength(3);
  expect(frames[2]).toContain('\n, world');
});

it('keeps an error of the one page that it was told', () => {
  const mirror = createMirror();
  const { frames } = openViewer(mirror);
  mirror.show(presenter, { type: 'error', code: 'busy', message: '' });
  expect(frames).toEqual([]);
});
