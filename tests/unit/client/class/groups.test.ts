import { describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../../../server/workshop/events.ts';
import { causesOf } from '../../../../src/client/class/causes.ts';
import { cellOf } from '../../../../src/client/class/cell.ts';
import { queueOf } from '../../../../src/client/class/help-queue.ts';
import { barsOf } from '../../../../src/client/class/histogram.ts';
import { complaint, linesOf } from '../../../../src/client/class/poll-options.ts';
import { preflightOf } from '../../../../src/client/class/preflight.ts';
import { CAUSES } from '../../../../src/client/room/reasons.ts';
import { causes, matrix } from '../../../../src/strings/class.ts';
import { step } from '../../../../src/strings/page.ts';
import { hand, joined, MINUTE, progress, reported, roomOf } from './class-of.ts';

const port = { kind: 'port-taken', text: '9092 포트가 이미 사용 중입니다' };
const other = { kind: 'port-taken', text: '9093 포트가 이미 사용 중입니다' };
const check = { kind: 'check', text: 'ISR이 2대입니다' };
const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => joined(id));

describe('failures', () => {
  it('of each kind have a word of their own', () => {
    const others = ['check', 'exit', 'other', 'cluster-down', 'unavailable', 'internal'];
    const kinds = [...CAUSES.map(({ kind }) => kind), ...others];
    expect(kinds.filter((kind) => matrix.kind(kind) === undefined)).toEqual([]);
  });

  it('of one cause are one, with what most of them were told, the most people first', () => {
    const found = causesOf(
      roomOf([
        ...people,
        progress('a', 1, 'failed', { reason: check }),
        progress('b', 1, 'failed', { reason: other }),
        progress('c', 1, 'failed', { reason: port }),
        progress('d', 1, 'failed', { reason: port, step: 'failures/drill' }),
      ]),
    );
    expect(found.map(({ text, others, people: who }) => [text, others, who])).toEqual([
      [port.text, 1, ['b', 'c', 'd']],
      [check.text, 0, ['a']],
    ]);
  });

  it('of a check are another cause at each step', () => {
    const found = causesOf(
      roomOf([
        ...people,
        progress('a', 1, 'failed', { reason: check }),
        progress('b', 1, 'failed', { reason: check, step: 'failures/drill' }),
      ]),
    );
    expect(found.map(({ step }) => step)).toEqual(['failures/drill', 'topics/list']);
  });

  it('that a lab names alike are still told apart by what it said', () => {
    const told = (text: string) => ({ reason: { kind: 'unavailable', text } });
    const found = causesOf(
      roomOf([
        ...people,
        progress('a', 1, 'failed', told('디스크에 빈 공간이 없습니다.')),
        progress('b', 1, 'failed', told('Java를 찾지 못했습니다.')),
        progress('c', 1, 'failed', told('Java를 찾지 못했습니다.')),
      ]),
    );
    expect(found.map(({ people: who }) => who)).toEqual([['b', 'c'], ['a']]);
  });

  it('that a lab names alike are together, whatever one computer has to say besides', () => {
    const told = (text: string) => ({ reason: { kind: 'unavailable', text } });
    const found = causesOf(
      roomOf([
        ...people,
        progress('a', 1, 'failed', told('jar를 다 받지 못했습니다. (Maven: 종료 코드 1)')),
        progress('b', 1, 'failed', told('jar를 다 받지 못했습니다. (Maven: 종료 코드 2)')),
      ]),
    );
    expect(found).toMatchObject([
      { text: 'jar를 다 받지 못했습니다', others: 0, people: ['a', 'b'] },
    ]);
  });

  it('are gone when the person got further', () => {
    const events = [...people, progress('a', 1, 'failed', { reason: port })];
    expect(causesOf(roomOf(events))).toHaveLength(1);
    expect(causesOf(roomOf([...events, progress('a', 2, 'passed')]))).toEqual([]);
  });

  it('stay beside what came of them, until something passes', () => {
    const down = { kind: 'no-broker', text: '멈춰 있음: kafka1' };
    const events = [
      ...people,
      progress('a', 1, 'failed', { reason: port }),
      progress('a', 2, 'failed', { reason: down, step: 'topics/create-orders' }),
    ];
    expect(causesOf(roomOf(events)).map(({ text }) => text)).toEqual([down.text, port.text]);
    const further = [
      ...events,
      progress('a', 3, 'passed', { step: 'environment/up' }),
      progress('a', 4, 'failed', { reason: down, step: 'topics/describe' }),
    ];
    expect(causesOf(roomOf(further)).map(({ text }) => text)).toEqual([down.text]);
  });

  it('say of how many who are not there any more, and come after those of who is', () => {
    const room = roomOf([
      ...people,
      ...['a', 'b', 'c'].map((id) => progress(id, 1, 'failed', { reason: port })),
      ...['d', 'e'].map((id) => progress(id, 1, 'failed', { reason: check })),
    ]);
    const found = causesOf(room, new Set(['a', 'b']));
    expect(found.map(({ text, away }) => [text, away])).toEqual([
      [check.text, 0],
      [port.text, 2],
    ]);
    expect(causes.cause(3, '포트', 2)).toBe('3명(그중 2명 연결 끊김): 포트');
    expect(causes.cause(2, '포트', 2)).toBe('2명(연결 끊김): 포트');
  });

  it('are together with what was refused for the same reason', () => {
    const found = causesOf(
      roomOf([
        ...people,
        progress('a', 1, 'failed', { reason: port }),
        progress('b', 1, 'refused', { reason: port }),
      ]),
    );
    expect(found).toMatchObject([{ text: port.text, people: ['a', 'b'] }]);
  });

  it('without a reason are told of, too', () => {
    expect(causesOf(roomOf([...people, progress('a', 1, 'unknown')]))).toMatchObject([
      { text: '', people: ['a'] },
    ]);
  });
});

describe('the preflight', () => {
  it('says who is ready, who lacks what, who has not told, and who came without a lab', () => {
    const bad = { kind: 'java', good: false, text: 'Java 17이 없습니다' };
    const good = { kind: 'ports', good: true, text: '포트가 비어 있습니다' };
    const found = preflightOf(
      roomOf([
        ...people,
        { kind: 'resumed', at: 1, participant: 'f', lab: 'none' },
        reported('a', 1, { kind: 'preflight', findings: [good] }),
        reported('b', 1, { kind: 'preflight', findings: [good, bad] }),
        reported('c', 1, { kind: 'preflight', findings: [bad] }),
      ]),
    );
    expect(found).toEqual({
      ready: ['a'],
      lacking: [{ key: 'java', text: bad.text, others: 0, people: ['b', 'c'] }],
      silent: ['d', 'e'],
      readers: ['f'],
    });
  });

  it('gathers by what is lacking, whatever process, container or number it is on one computer', () => {
    const lacks = (person: string, ...found: [kind: string, text: string][]) =>
      reported(person, 1, {
        kind: 'preflight',
        findings: found.map(([kind, text]) => ({ kind, good: false, text })),
      });
    const taken = (who: string) => `9092 포트가 이미 사용 중입니다. 쓰는 프로그램: 9092 ${who}.`;
    const { lacking } = preflightOf(
      roomOf([
        ...people,
        lacks('a', ['ports', taken('java (pid 4242)')]),
        lacks('b', ['ports', taken('docker-proxy (pid 17)')]),
        lacks(
          'c',
          ['ports', '9093 포트가 이미 사용 중입니다.'],
          ['memory', '메모리가 모자랍니다.'],
        ),
        // For one reason, which is told once.
        lacks('d', ['engine', 'Docker가 꺼져 있습니다.'], ['engine', '이미지: 위와 같은 까닭']),
      ]),
    );
    expect(lacking.map(({ text, others, people: who }) => [text, others, who])).toEqual([
      ['9092 포트가 이미 사용 중입니다', 1, ['a', 'b', 'c']],
      ['Docker가 꺼져 있습니다', 0, ['d']],
      ['메모리가 모자랍니다', 0, ['c']],
    ]);
  });
});

describe('the help queue', () => {
  it('is in the order in which hands went up, and keeps who is on the way', () => {
    const room = roomOf([
      ...people,
      hand('b', 2),
      hand('a', 1),
      hand('c', 3),
      hand('b', 9),
      hand('c', 9, false),
      { kind: 'commanded', at: 4, command: { kind: 'claim', participant: 'a' } },
    ]);
    expect(queueOf(room).map(({ participant, claimed }) => [participant, claimed])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('has who is away after those who are there', () => {
    const room = roomOf([...people, hand('a', 1), hand('b', 2)]);
    expect(queueOf(room, new Set('a')).map(({ participant }) => participant)).toEqual(['b', 'a']);
  });
});

it('a hand says where its person is stuck and why, also where the class has gone on', () => {
  const up = reported('a', 2, { kind: 'hand', up: true, step: 'topics/list' });
  const failed = progress('a', 1, 'failed', { reason: port });
  const reasons = (...events: Parameters<typeof roomOf>[0]) =>
    queueOf(roomOf([...people, ...events])).map(({ step, reason }) => [step, reason]);
  expect(reasons(failed, up)).toEqual([['topics/list', port.text]]);
  expect(reasons(progress('a', 1, 'failed'), up)).toEqual([['topics/list', '']]);
  expect(reasons(failed, up, progress('a', 3, 'running'))).toEqual([['topics/list', '']]);
  expect(reasons(failed, hand('a', 2))).toEqual([['topics/list', port.text]]);
  const later = progress('a', 2, 'failed', { step: 'failures/drill' });
  expect(reasons(failed, later, hand('a', 3))).toEqual([['failures/drill', '']]);
  expect(reasons(failed, later, up)).toEqual([['failures/drill', '']]);
  // As in the matrix: who has got further is stuck nowhere, whatever failed before.
  const further = progress('a', 3, 'passed', { step: 'environment/up' });
  expect(reasons(failed, further, hand('a', 4))).toEqual([[null, '']]);
  const elsewhere = reported('a', 2, { kind: 'hand', up: true, step: 'environment/up' });
  expect(reasons(failed, elsewhere, further)).toEqual([['environment/up', '']]);
  expect(reasons(hand('a', 3))).toEqual([[null, '']]);
});

describe('a poll', () => {
  it('has a bar for each option, also for one that nobody chose', () => {
    const options = ['1', '2', '3'].map((value) => ({ value, label: `보기 ${value}` }));
    const room = roomOf([
      ...people,
      {
        kind: 'commanded',
        at: 1,
        command: { kind: 'poll', poll: 'p', step: null, question: '?', options },
      },
      ...['a', 'b', 'c'].map((id) => reported(id, 2, { kind: 'vote', poll: 'p', value: '2' })),
      reported('c', 3, { kind: 'vote', poll: 'p', value: '3' }),
    ]);
    const [poll] = room.polls;
    expect(poll && barsOf(poll).map(({ count, share }) => [count, share])).toEqual([
      [0, 0],
      [2, 2 / 3],
      [1, 1 / 3],
    ]);
    expect(poll && barsOf({ ...poll, votes: {} }).map(({ share }) => share)).toEqual([0, 0, 0]);
  });

  it('takes two to eight options, no two alike', () => {
    expect(linesOf(' 하나 \n\n둘\n')).toEqual(['하나', '둘']);
    expect(complaint(['하나', '둘'])).toBe('');
    for (const wrong of [
      ['하나'],
      ['하나', '하나'],
      [...'123456789'],
      ['하나', '가'.repeat(101)],
    ]) {
      expect(complaint(wrong)).not.toBe('');
    }
  });
});

describe('a cell', () => {
  it('says in a word why it failed, and all of it to who asks', () => {
    const room = roomOf([...people, progress('a', 1, 'failed', { reason: port })]);
    const cell = cellOf(room.participants.a?.steps['topics/list'], 5 * MINUTE);
    expect(cell).toMatchObject({ status: 'failed', mark: '포트' });
    expect(cell.label).toContain(port.text);
  });

  it('calls what did not begin as its own page does, and says why', () => {
    const room = roomOf([...people, progress('a', 1, 'refused', { reason: port })]);
    const cell = cellOf(room.participants.a?.steps['topics/list'], 5 * MINUTE);
    expect(cell).toMatchObject({ status: 'refused', mark: '포트' });
    expect(cell.label.split(' · ')).toEqual([step.refused, expect.any(String), port.text]);
  });

  it('says since when something runs', () => {
    const room = roomOf([...people, progress('a', 0, 'running')]);
    expect(cellOf(room.participants.a?.steps['topics/list'], 5 * MINUTE).mark).toBe('5분');
    expect(cellOf(undefined, 0)).toMatchObject({ status: 'idle', mark: '' });
    // Of who is away, nobody knows for how long.
    const cut = cellOf(room.participants.a?.steps['topics/list'], 5 * MINUTE, { isAway: true });
    expect(cut.mark).toBe('끊김');
  });

  it('says of what has passed whether it still runs', () => {
    const events = [...people, progress('a', 0, 'passed', { background: true })];
    const cell = (...more: RoomEvent[]) =>
      cellOf(roomOf([...events, ...more]).participants.a?.steps['topics/list'], MINUTE);
    expect(cell()).toMatchObject({ status: 'passed', mark: '실행 중' });
    expect(cell().label).toMatch(/^성공 · .+ · 아직 실행 중$/);
    expect(cell(progress('a', 1, 'passed'))).toMatchObject({ status: 'passed', mark: '' });
  });
});
