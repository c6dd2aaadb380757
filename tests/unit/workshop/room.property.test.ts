import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Entry } from '../../../server/workshop/events.ts';
import type { ParticipantMessage, PresenterMessage } from '../../../server/workshop/protocol.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { apply, emptyRoom, type RoomState } from '../../../server/workshop/state.ts';
import { waitFor } from '../../wait.ts';
import { CODE, openRoom } from './room-under-test.ts';

const RUNS = 25;

const inRoom = async (
  test: (opened: Awaited<ReturnType<typeof openRoom>>) => Promise<void>,
): Promise<Entry[]> => {
  const home = mkdtempSync(join(tmpdir(), 'lab-'));
  try {
    const opened = await openRoom(home);
    try {
      await test(opened);
    } finally {
      opened.room.close();
    }
    const entries: Entry[] = [];
    const log = openSqliteLog(join(home, 'room.sqlite'));
    for await (const entry of log.readFrom(1)) entries.push(entry);
    log.close();
    // The log says what the room was: nothing was in memory alone.
    const state = emptyRoom();
    for (const { event } of entries) apply(state, event);
    expect(state).toEqual(opened.room.state);
    return entries;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

const OPTIONS: { value: string; label: string }[] = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];

const uuid = fc.constantFrom(
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
);
const step = fc.constantFrom('topics/list', 'failures/drill', 'topics/describe-orders');
const report = fc.oneof(
  fc.record({
    kind: fc.constant('progress' as const),
    step,
    run: uuid,
    status: fc.constantFrom('running', 'passed', 'failed', 'stopped', 'unknown', 'refused'),
    background: fc.boolean(),
    reason: fc.option(fc.record({ kind: fc.constant('exit'), text: fc.constant('왜') })),
  }),
  fc.record({ kind: fc.constant('hand' as const), up: fc.boolean(), step: fc.option(step) }),
  fc.record({
    kind: fc.constant('vote' as const),
    poll: uuid,
    value: fc.constantFrom('a', 'b', 'c'),
  }),
  fc.record({
    kind: fc.constant('preflight' as const),
    findings: fc.constant<{ kind: string; good: boolean; text: string }[]>([]),
  }),
);

/** What an honest page says, in any order. `who` is one of three people; 3 is the presenter. */
const words = (people: readonly string[]) => {
  const participant = fc.constantFrom(...people);
  const command = fc.oneof(
    fc.record({
      kind: fc.constant('move' as const),
      to: fc.record({ chapter: fc.constant('topics'), step: fc.option(step) }),
    }),
    fc.record({ kind: fc.constant('announce' as const), text: fc.option(fc.constant('알림')) }),
    fc.record({
      kind: fc.constant('timer' as const),
      seconds: fc.option(fc.constant(60)),
      label: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('poll' as const),
      poll: uuid,
      step: fc.constant(null),
      question: fc.constant('?'),
      options: fc.constant(OPTIONS),
    }),
    fc.record({ kind: fc.constant('poll-end' as const), poll: uuid }),
    fc.record({
      kind: fc.constant('poll-outcome' as const),
      poll: uuid,
      value: fc.constantFrom('a', 'b', 'c', null),
      reason: fc.constant('왜'),
    }),
    fc.record({ kind: fc.constantFrom('claim' as const, 'help-done' as const), participant }),
  );
  const person: fc.Arbitrary<ParticipantMessage> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ type: fc.constant('room.report' as const), id: uuid, report }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('room.share' as const),
        run: uuid,
        step,
        on: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('room.decline' as const),
        why: fc.constantFrom('refused' as const, 'nothing' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'room.leave' as const }) },
  );
  const presenter: fc.Arbitrary<PresenterMessage> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('room.command' as const),
        id: fc.uuid(),
        command,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('room.remove' as const),
        id: fc.uuid(),
        participant,
      }),
    },
  );
  return fc.array(fc.oneof(fc.tuple(fc.nat(2), person), fc.tuple(fc.constant(3), presenter)), {
    maxLength: 60,
  });
};

it('the state that follows from the log is the state of the room, and a presenter has the same', async () => {
  for (let run = 0; run < RUNS; run += 1) {
    await inRoom(async ({ room, present, join: enter }) => {
      const presenter = present();
      const snapshot = await presenter.next('room.snapshot');
      const { seq } = snapshot;
      const state: RoomState = { ...snapshot.state, participants: {} };
      const people = [await enter('하나'), await enter('둘'), await enter('셋')];
      const said = fc.sample(words(people.map(({ participant }) => participant)), 1)[0] ?? [];
      const pages = [...people, presenter];
      for (const [who, message] of said) pages[who]?.say(message);
      // Everything is answered in order: after the last answer, all is done.
      presenter.say({
        type: 'room.command',
        id: 'ffffffff-ffff-4fff-8fff-ffffffffffff',
        command: { kind: 'announce', text: '끝' },
      });
      await waitFor('the end', () => room.state.announcement?.text === '끝');
      const entries = await waitFor('all to be told', () => {
        const told = presenter.told.flatMap((each) =>
          each.type === 'room.events' ? each.entries : [],
        );
        const last = told.at(-1)?.event;
        return last?.kind === 'commanded' && told;
      });
      expect(entries[0]?.seq).toBe(seq + 1);
      for (const { event } of entries) apply(state, event);
      expect(state).toEqual(room.state);
    });
  }
}, 60_000);

const hostile = fc.oneof(
  fc.string(),
  fc.json(),
  fc.anything().map((value) => {
    try {
      return String(JSON.stringify(value));
    } catch {
      return '';
    }
  }),
  fc
    .record(
      {
        type: fc.constantFrom(
          'room.join',
          'room.resume',
          'room.report',
          'room.mirror',
          'room.share',
          'room.decline',
          'room.leave',
          'room.command',
          'room.show',
          'room.ask',
          'run.start',
          'run.signal',
          'lab.reset',
          '__proto__',
        ),
        id: fc.oneof(uuid, fc.anything()),
        code: fc.constantFrom(CODE, 'AAAA-AAAA', '', null),
        nickname: fc.oneof(fc.string(), fc.constant('<img src=x onerror=alert(1)>')),
        lab: fc.constantFrom('none', 'docker', 'root'),
        token: fc.string({ minLength: 43, maxLength: 43 }),
        participant: uuid,
        run: fc.oneof(uuid, fc.constant('../../etc/passwd')),
        step: fc.oneof(step, fc.constantFrom('__proto__', 'constructor/prototype', null)),
        on: fc.boolean(),
        report: fc.oneof(report, fc.anything()),
        command: fc.anything(),
        message: fc.anything(),
      },
      { requiredKeys: ['type'] },
    )
    .map((value) => {
      try {
        return JSON.stringify(value);
      } catch {
        return '{}';
      }
    }),
);

it('no message of anybody crashes the room, or writes what is another’s or the presenter’s', async () => {
  let refused = 0;
  const entries = await inRoom(async ({ room, present, attend, join: enter }) => {
    const presenter = present();
    const [victim, attacker] = [await enter('피해자'), await enter('공격자')];
    const before = structuredClone(room.state.participants[victim.participant]);
    const stranger = attend('10.6.6.6');
    const frames = fc.sample(fc.uint8Array({ maxLength: 300 }), 300);
    for (const text of fc.sample(hostile, 3_000)) {
      stranger.text(text);
      attacker.text(text);
    }
    for (const frame of frames) {
      stranger.frame(frame);
      attacker.frame(frame);
      presenter.frame(frame);
    }
    // It is as well as before, for everybody else.
    victim.say({
      type: 'room.report',
      id: crypto.randomUUID(),
      report: { kind: 'hand', up: true, step: null },
    });
    await victim.next('room.ack');
    const { hand, ...rest } = room.state.participants[victim.participant] ?? {};
    expect(hand).toMatchObject({ claimed: false });
    expect({ ...rest, hand: null }).toEqual(before);
    expect(victim.told.some((each) => each.type === 'room.refused')).toBe(false);
    refused = stranger.told.filter((each) => each.type === 'room.refused').length;
    expect(Object.hasOwn(Object.prototype, 'list')).toBe(false);
  });
  expect(refused).toBeGreaterThan(2_000);
  expect(entries.filter(({ event }) => event.kind === 'commanded')).toEqual([]);
}, 60_000);
