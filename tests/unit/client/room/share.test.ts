import { describe, expect, it } from 'vitest';
import type { OutputHeader, RunStatus } from '../../../../server/protocol.ts';
import type { Unbegun } from '../../../../src/client/room/membership.ts';
import { createShare, type ShareEvents } from '../../../../src/client/room/share.ts';
import { statusOf } from '../../../run-status.ts';

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';
const NEXT = '7f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c12';

/** What the tabs of one browser know of each other. */
const keepUnbegun = (): ShareEvents['unbegun'] => {
  let kept: Unbegun | undefined;
  return {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
};

/** A page with one terminal, and all that leaves it. */
const openPage = (unbegun = keepUnbegun()) => {
  const sent: string[] = [];
  const reread: [string, number][] = [];
  const acknowledged: [string, number][] = [];
  const ends = new Map<string, number>();
  let clock = 0;
  let changes = 0;
  let online = true;
  const share = createShare(
    {
      send: (message) => {
        if (!online) return false;
        if (message.type === 'room.decline') sent.push(message.why);
        else sent.push(`${message.on ? 'on' : 'off'} ${message.run}${message.anew ? ' anew' : ''}`);
        return true;
      },
      sendOutput: ({ offset }: OutputHeader, bytes) => {
        sent.push(`${offset} ${new TextDecoder().decode(bytes)}`);
        return true;
      },
      reread: (...args) => void reread.push(args),
      isHere: (step) => step.startsWith('topics/'),
      endOf: (run) => ends.get(run) ?? 0,
      acknowledge: (...args) => void acknowledged.push(args),
      unbegun,
      now: () => clock,
      handleChange: () => {
        changes += 1;
      },
    },
    ({ startedAt }) => startedAt > 0,
  );
  const tell = (changes: Partial<RunStatus> = {}): void =>
    share.subscriber.handleMessage?.(statusOf(RUN, changes));
  const print = (text: string, offset = 0, run = RUN): void => {
    const bytes = new TextEncoder().encode(text);
    share.subscriber.handleOutput?.({ type: 'run.output', run, offset }, bytes);
    ends.set(run, Math.max(ends.get(run) ?? 0, offset + bytes.length));
  };
  return {
    share,
    sent,
    reread,
    acknowledged,
    changes: () => changes,
    tell,
    print,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
    setOnline: (next: boolean) => {
      online = next;
    },
  };
};

describe('output', () => {
  it('does not leave the page before its reader has agreed, nor where they refuse', () => {
    const { share, sent, tell, print } = openPage();
    tell();
    print('before anybody asked');
    share.ask();
    expect(share.asked).toEqual({ run: RUN, step: 'topics/list' });
    print('while it is asked', 20);
    share.refuse();
    print('after it was refused', 40);
    // Nobody has asked: there is nothing to agree to.
    share.agree();
    print('and after that', 60);
    expect(sent).toEqual(['refused']);
  });

  it('has its reader say that there is none, or nothing where they have answered elsewhere', () => {
    const { share, sent, tell } = openPage();
    share.ask();
    share.refuse();
    share.refuse();
    expect(sent).toEqual(['nothing']);
    tell();
    share.ask();
    share.dismiss();
    expect(share.asked).toBeUndefined();
    expect(sent).toEqual(['nothing']);
  });

  it('is asked for once there is some, where the question came first, as to a page that loads', () => {
    const { share, tell } = openPage();
    share.ask();
    expect(share.asked).toBe(null);
    // One of before the class is not theirs to show.
    tell({ startedAt: 0 });
    expect(share.asked).toBe(null);
    tell();
    expect(share.asked).toEqual({ run: RUN, step: 'topics/list' });
  });

  const refuse = (page: ReturnType<typeof openPage>, code: 'cluster-down' | 'busy'): void => {
    page.share.subscriber.handleStart?.({
      type: 'run.start',
      run: NEXT,
      step: 'topics/list',
      cols: 80,
      rows: 24,
    });
    page.share.subscriber.handleMessage?.({
      type: 'error',
      code,
      run: NEXT,
      message: '클러스터가 꺼져 있습니다.',
    });
  };

  it('is none of a step that did not begin: the presenter is told at once, its reader why', () => {
    const page = openPage();
    const { share, sent, tell } = page;
    tell({ status: 'passed' });
    refuse(page, 'cluster-down');
    share.ask();
    expect(sent).toEqual(['nothing']);
    expect(share).toMatchObject({ asked: null, notBegun: 'topics/list' });
    // Answered is answered: another word of what ran before asks nothing.
    tell({ status: 'passed' });
    expect(share.asked).toBe(null);
    share.refuse();
    expect(sent).toEqual(['nothing']);
    expect(share).toMatchObject({ asked: undefined, notBegun: undefined });

    tell({ run: NEXT, startedAt: 2 });
    share.ask();
    expect(share).toMatchObject({ asked: { run: NEXT }, notBegun: undefined });
  });

  it('is none also in a tab where that step was not clicked, until something runs', () => {
    const unbegun = keepUnbegun();
    const [clicked, other] = [openPage(unbegun), openPage(unbegun)];
    for (const page of [clicked, other]) page.tell({ status: 'passed' });
    refuse(clicked, 'cluster-down');
    other.share.ask();
    expect(other.share).toMatchObject({ asked: null, notBegun: 'topics/list' });
    expect(other.sent).toEqual(['nothing']);
    other.share.refuse();
    other.tell({ run: NEXT, startedAt: 2, status: 'passed' });
    other.share.ask();
    expect(other.share).toMatchObject({ asked: { run: NEXT }, notBegun: undefined });
  });

  it('is that of what runs, where another step did not begin', () => {
    const page = openPage();
    page.tell();
    refuse(page, 'cluster-down');
    page.share.ask();
    expect(page.share.asked).toMatchObject({ run: RUN });
  });

  it('is not kept from who clicked while another run went on', () => {
    const page = openPage();
    page.tell({ status: 'passed' });
    refuse(page, 'busy');
    page.share.ask();
    expect(page.share.asked).toMatchObject({ run: RUN });
    expect(page.sent).toEqual([]);
  });

  it('leaves it as it comes from then on, that of the run alone, until that is taken back', () => {
    const { share, sent, reread, tell, print } = openPage();
    tell();
    print('0123456789');
    share.ask();
    share.agree();
    expect(share.shared).toMatchObject({ run: RUN });
    // What is on the screen belongs to what they agreed to show.
    expect(reread).toEqual([[RUN, 0]]);
    print('0123456789');
    print('abc', 10);
    print('of another run', 100, NEXT);
    share.revoke();
    print('after it was taken back', 13);
    share.resume();
    print('and after that', 40);
    expect(sent).toEqual([`on ${RUN}`, '0 0123456789', '10 abc', `off ${RUN}`]);
    expect(share.shared).toBeUndefined();
  });

  it('is seen after its end, until another run has its place', () => {
    const { share, sent, tell, print } = openPage();
    tell();
    share.ask();
    share.agree();
    print('abc');
    tell({ status: 'passed', size: 3 });
    expect(sent).toEqual([`on ${RUN}`, '0 abc']);
    tell({ run: NEXT, startedAt: 2 });
    expect(sent).toEqual([`on ${RUN}`, '0 abc', `off ${RUN} anew`]);
    expect(share.replaced).toBe('topics/list');
    print('of the next', 0, NEXT);
    expect(sent).toHaveLength(3);

    share.ask();
    share.agree();
    expect(share.replaced).toBeUndefined();
    tell({ run: RUN, startedAt: 3 });
    print('again', 3);
    expect(sent.slice(3)).toEqual([`on ${NEXT}`, `off ${NEXT} anew`]);
  });

  it('is that of the run which the question named, also where another begins elsewhere', () => {
    const { share, sent, tell, print } = openPage();
    tell();
    share.ask();
    tell({ run: NEXT, step: 'topics/describe-orders', startedAt: 2 });
    expect(share.asked).toEqual({ run: RUN, step: 'topics/list' });
    tell({ status: 'passed', size: 3 });
    share.agree();
    print('of the other', 0, NEXT);
    print('abc');
    expect(sent).toEqual([`on ${RUN}`, '0 abc']);
  });

  it('is that of a run which took the place of the one that was asked for only once the question says so', () => {
    const { share, sent, changes, tell } = openPage();
    tell();
    share.ask();
    tell({ duration: 9 });
    expect(share.asked).toEqual({ run: RUN, step: 'topics/list' });
    const before = changes();
    tell({ run: NEXT, startedAt: 2 });
    expect(share.asked).toEqual({ run: NEXT, step: 'topics/list', anew: true });
    expect(changes()).toBe(before + 1);
    // As a page tells that reconnects.
    tell({ status: 'stopped' });
    expect(share.asked).toEqual({ run: NEXT, step: 'topics/list', anew: true });
    share.agree();
    expect(sent).toEqual([`on ${NEXT}`]);
    share.revoke();
    share.ask();
    expect(share.asked).toEqual({ run: NEXT, step: 'topics/list' });
  });

  it('of an ended run is what it has printed, until that is taken back', () => {
    const { share, sent, reread, tell, print } = openPage();
    tell({ status: 'failed', size: 3, exitCode: 1 });
    print('abc');
    share.ask();
    share.agree();
    expect(reread).toEqual([[RUN, 0]]);
    print('abc');
    expect(sent).toEqual([`on ${RUN}`, '0 abc']);
    share.revoke();
    expect(sent).toEqual([`on ${RUN}`, '0 abc', `off ${RUN}`]);
  });

  it('is no faster than somebody reads', () => {
    const { share, sent, tell, print, pass } = openPage();
    tell();
    share.ask();
    share.agree();
    const piece = 'x'.repeat(16 * 1024);
    for (let count = 0; count < 10; count += 1) print(piece, count * piece.length);
    expect(sent).toHaveLength(1 + 4);
    pass(2_000);
    print(piece, 10 * piece.length);
    print(piece, 11 * piece.length);
    expect(sent).toHaveLength(1 + 5);
  });

  it('is shown again to a hub that has forgotten, if its reader still shows it', () => {
    const { share, sent, tell, print } = openPage();
    tell();
    share.ask();
    share.agree();
    print('abc');
    share.resume();
    print('abc');
    print('def', 3);
    expect(sent).toEqual([`on ${RUN}`, '0 abc', `on ${RUN}`, '0 abc', '3 def']);
  });

  it('is told again from near its end, and read, whatever its terminal has had and what else has run', () => {
    const { share, reread, acknowledged, tell, print } = openPage();
    tell({ size: 0 });
    share.ask();
    share.agree();
    const piece = 'x'.repeat(50_000);
    print(piece);
    print(piece, 50_000);
    tell({ run: NEXT, step: 'topics/create-orders', startedAt: 2 });
    share.resume();
    const from = 100_000 - 32 * 1024;
    expect(reread.at(-1)).toEqual([RUN, from]);
    print(piece.slice(0, 30_000), from);
    print('new', 100_000);
    // Of what is new, its terminal says that it has read it.
    expect(acknowledged).toEqual([[RUN, from + 30_000]]);
  });

  it('leaves it once, also where the lab tells it again', () => {
    const { share, sent, tell, print } = openPage();
    tell();
    share.ask();
    share.agree();
    print('abc');
    print('abc');
    print('def', 3);
    expect(sent).toEqual([`on ${RUN}`, '0 abc', '3 def']);
  });

  it('is not asked for where it is shown already', () => {
    const { share, tell } = openPage();
    tell();
    share.ask();
    share.agree();
    share.ask();
    expect(share.asked).toBeUndefined();
  });

  it('is not shared where nobody could be told so', () => {
    const { share, sent, tell, print, setOnline } = openPage();
    tell();
    share.ask();
    setOnline(false);
    share.agree();
    print('abc');
    expect(sent).toEqual([]);
    expect(share.shared).toBeUndefined();
  });
});

it('is that of a step of another page, which nobody else reads here', () => {
  const { share, sent, reread, acknowledged, tell, print } = openPage();
  tell();
  print('here');
  const failed = { run: NEXT, step: 'failures/stop-kafka1', startedAt: 2, size: 40 * 1024 };
  tell({ ...failed, status: 'failed' });
  share.ask();
  expect(share.asked).toEqual({ run: NEXT, step: 'failures/stop-kafka1' });
  share.agree();
  // The last of it.
  expect(reread).toEqual([[NEXT, 8 * 1024]]);
  print('why', 8 * 1024, NEXT);
  print('here', 4);
  expect(sent).toEqual([`on ${NEXT}`, `${8 * 1024} why`]);
  expect(acknowledged).toEqual([[NEXT, 8 * 1024 + 3]]);
  // The lab was away.
  share.subscriber.handleConnection?.('open');
  expect(reread.slice(1)).toEqual([[NEXT, 8 * 1024 + 3]]);
  // What goes on does not wait for who looks no more.
  share.revoke();
  print('more', 8 * 1024 + 3, NEXT);
  expect(acknowledged.slice(1)).toEqual([[NEXT, 8 * 1024 + 7]]);
  expect(sent.slice(2)).toEqual([`off ${NEXT}`]);
});

it('is the last of what another page’s run has printed by now, as long as it goes on', () => {
  const { share, sent, reread, tell, print } = openPage();
  // Told as it began.
  tell({ run: NEXT, step: 'failures/watch' });
  share.ask();
  share.agree();
  expect(reread).toEqual([[NEXT, -32 * 1024]]);
  print('by now', 900_000, NEXT);
  expect(sent).toEqual([`on ${NEXT}`, '900000 by now']);
  // From now on it comes to this page, and how much there is is known.
  share.revoke();
  print('more', 900_006, NEXT);
  share.ask();
  share.agree();
  expect(reread.at(-1)).toEqual([NEXT, 900_010 - 32 * 1024]);
  // Until the lab was away.
  share.revoke();
  share.subscriber.handleConnection?.('lost');
  share.subscriber.handleConnection?.('open');
  share.ask();
  share.agree();
  expect(reread.at(-1)).toEqual([NEXT, -32 * 1024]);
});

it('has nothing to show where nothing ran since they came', () => {
  const { share, tell } = openPage();
  tell({ startedAt: 0 });
  share.ask();
  expect(share.asked).toBeNull();
  share.agree();
  expect(share.shared).toBeUndefined();
});
