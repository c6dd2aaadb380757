import { expect, it } from 'vitest';
import type { Entry, RoomEvent } from '../../../server/workshop/events.ts';
import type { Command, Report } from '../../../server/workshop/protocol.ts';
import { apply, emptyRoom, type RoomState } from '../../../server/workshop/state.ts';
import { summaryPage } from '../../../server/workshop/summary.ts';
import {
  chaptersOf,
  failuresOf,
  helpOf,
  withoutRefusals,
} from '../../../server/workshop/summary-facts.ts';
import { peopleOf } from '../../../server/workshop/table.ts';

const MINUTE = 60_000;

/** A class of these events, a minute after each other. */
const classOf = (
  ...events: readonly ((at: number) => RoomEvent)[]
): { room: RoomState; entries: Entry[] } => {
  const room = emptyRoom();
  const entries = events.map((make, index) => ({ seq: index + 1, event: make(index * MINUTE) }));
  for (const { event } of entries) apply(room, event);
  return { room, entries };
};

const opened = (at: number): RoomEvent => ({ kind: 'opened', name: '1반', at });
const closed = (at: number): RoomEvent => ({ kind: 'closed', at });
const joined = (who: string) => (at: number) =>
  ({ kind: 'joined', participant: who, nickname: who, lab: 'local', at }) as const;
const reported = (participant: string, report: Report) => (at: number) =>
  ({ kind: 'reported', participant, report, at }) as const;
const commanded = (command: Command) => (at: number) =>
  ({ kind: 'commanded', command, at }) as const;

type Status = Extract<Report, { kind: 'progress' }>['status'];

const progress = (who: string, step: string, status: Status, kind?: string) =>
  reported(who, {
    kind: 'progress',
    step,
    run: 'r',
    status,
    reason: kind === undefined ? null : { kind, text: `${kind}입니다.` },
  });
const hand = (who: string, up: boolean) => reported(who, { kind: 'hand', up, step: null });

it('counts for each chapter who began it, and who passed all of it', () => {
  const { room } = classOf(
    opened,
    joined('a'),
    joined('b'),
    joined('c'),
    progress('a', 'topics/list', 'passed'),
    progress('a', 'topics/make', 'passed'),
    progress('b', 'topics/list', 'running'),
    progress('b', 'failures/drill', 'stopped'),
  );
  const steps = ['topics/list', 'topics/make', 'failures/drill'];
  expect(chaptersOf(peopleOf(room), steps)).toMatchObject([
    {
      id: 'topics',
      began: 2,
      finished: 1,
      steps: [
        { step: 'topics/list', passed: 1, open: 1, untried: 1 },
        { step: 'topics/make', passed: 1, untried: 2 },
      ],
    },
    { id: 'failures', began: 1, finished: 0, steps: [{ stopped: 1, untried: 2 }] },
  ]);
});

it('counts as who practised those who ran something, out of all who had a lab', () => {
  const { entries } = classOf(
    opened,
    joined('a'),
    joined('b'),
    joined('c'),
    progress('a', 'topics/list', 'passed'),
    progress('b', 'topics/list', 'refused'),
    progress('b', 'topics/make', 'refused'),
    // What was done stays done.
    progress('a', 'topics/list', 'refused'),
  );
  const all = ['topics/list', 'topics/make'];
  const page = summaryPage(withoutRefusals(entries), entries, all, (step) => step);
  expect(page).toContain('<dt>참가자</dt><dd>3명</dd>');
  expect(page).toContain('<dt>실습한 사람</dt><dd>1명</dd>');
  expect(page).toContain('자기 실습실로 참가한 3명 중 1명이 시작했고, 1명이');
  expect(page).toContain('<dt>실행한 단계</dt><dd>1개</dd>');
});

it('puts together what failed for one cause, of a step where it is the step’s own', () => {
  const { room, entries } = classOf(
    opened,
    joined('a'),
    joined('b'),
    progress('a', 'topics/list', 'failed', 'port-taken'),
    progress('b', 'topics/make', 'failed', 'port-taken'),
    progress('a', 'topics/list', 'failed', 'check'),
    progress('a', 'topics/make', 'failed', 'check'),
    progress('a', 'topics/list', 'passed'),
  );
  const failures = failuresOf(room, entries).map(({ text, steps, people, mended }) => [
    text,
    [...steps],
    [...people],
    mended,
  ]);
  expect(failures).toEqual([
    ['port-taken입니다.', ['topics/list', 'topics/make'], ['a', 'b'], 1],
    ['check입니다.', ['topics/list'], ['a'], 1],
    ['check입니다.', ['topics/make'], ['a'], 0],
  ]);
});

it('counts who wanted help, what came of it, and how long half of them waited', () => {
  const { entries } = classOf(
    opened,
    joined('a'),
    joined('b'),
    hand('a', true),
    // Put up again, it is the same.
    hand('a', true),
    commanded({ kind: 'claim', participant: 'a' }),
    commanded({ kind: 'help-done', participant: 'a' }),
    hand('a', true),
    hand('a', false),
    hand('b', true),
    closed,
  );
  expect(helpOf(entries)).toEqual({
    asked: 3,
    people: 2,
    solved: 1,
    withdrawn: 2,
    wait: 2 * MINUTE,
  });
  expect(helpOf(entries.slice(0, 3))).toMatchObject({ asked: 0, wait: null });
});

it('says when the class was, and of what never ended that nobody knows its end', () => {
  const { room, entries } = classOf(
    opened,
    joined('a'),
    progress('a', 'topics/list', 'running'),
    closed,
    opened,
    progress('a', 'topics/make', 'unknown'),
  );
  const page = summaryPage(room, entries, ['topics/list', 'topics/make'], (step) => step);
  expect(page.match(/class="when"/g)).toHaveLength(2);
  expect(page.match(/닫지 않음/g)).toHaveLength(1);
  expect(page).toContain('topics/list (끝을 모름)');
  expect(page).toContain('topics/make (끝을 모름)');
  expect(page).not.toMatch(/실행 중|알 수 없음/);
});
