import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerMessage } from '../../../server/protocol.ts';
import { ALLOWANCE } from '../../../server/workshop/allowance.ts';
import { logFile } from '../../../server/workshop/home.ts';
import { createMirror } from '../../../server/workshop/mirror.ts';
import type { Command, Report } from '../../../server/workshop/protocol.ts';
import { CAPACITY } from '../../../server/workshop/room.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { apply, emptyRoom } from '../../../server/workshop/state.ts';
import { statusOf } from '../../run-status.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { CODE, move, NO_MIRROR, openRoom, progress } from './room-under-test.ts';

const start = async (home = makeFolder(), mirror = NO_MIRROR) => {
  const opened = await openRoom(home, mirror);
  onTestFinished(opened.room.close);
  return opened;
};

/** How much is in the log. */
const eventsIn = async (home: string): Promise<number> => {
  const log = openSqliteLog(logFile(home));
  let last = 0;
  for await (const { seq } of log.readFrom(1)) last = seq;
  log.close();
  return last;
};

const report = (said: Report, id: string = randomUUID()) =>
  ({ type: 'room.report', id, report: said }) as const;
const command = (said: Command, id: string = randomUUID()) =>
  ({ type: 'room.command', id, command: said }) as const;

it('a presenter moves everybody; who comes later is where the class is', async () => {
  const { present, join } = await start();
  const [presenter, first] = [present(), await join('하나')];
  presenter.say(move('topics'));
  await presenter.next('room.ack');
  await waitFor('the move', () =>
    first.told.some((each) => each.type === 'room.view' && each.place?.chapter === 'topics'),
  );
  const late = await join('둘');
  expect((await late.next('room.view')).place).toEqual({ chapter: 'topics', step: null });
});

it('a participant is told nothing of another', async () => {
  const { present, join } = await start();
  present();
  const [first, second] = [await join('비밀이름'), await join('둘')];
  first.say(progress('topics/list', 'failed'));
  first.say(report({ kind: 'hand', up: true, step: null }));
  await first.next('room.ack');
  await first.next('room.ack');
  second.say(progress('topics/list', 'passed'));
  await second.next('room.ack');
  const told = JSON.stringify(second.told);
  for (const secret of ['비밀이름', first.participant, 'port-taken', '"failed"']) {
    expect(told).not.toContain(secret);
  }
});

it('a presenter is told all at once, and then what comes, gathered', async () => {
  const { room, present, join } = await start();
  const early = await join('하나');
  const presenter = present();
  const { state, seq, online } = await presenter.next('room.snapshot');
  expect(state.participants[early.participant]?.nickname).toBe('하나');
  expect(online).toEqual([early.participant]);
  const people = await Promise.all(Array.from({ length: 20 }, (_, at) => join(`사람${at}`)));
  for (const person of people) person.say(progress('topics/list', 'passed'));
  await Promise.all(people.map((person) => person.next('room.ack')));
  const copy = structuredClone(state);
  const updates = () => presenter.told.filter((each) => each.type === 'room.events');
  await waitFor('the reports', () => {
    const entries = updates().flatMap((each) => each.entries);
    return entries.length === 40;
  });
  const entries = updates().flatMap((each) => each.entries);
  expect(entries.map((each) => each.seq)).toEqual(entries.map((_, at) => seq + 1 + at));
  for (const { event } of entries) apply(copy, event);
  expect(copy).toEqual(room.state);
  // Gathered: far fewer messages than there was to tell.
  expect(updates().length).toBeLessThan(20);
});

it('the same report twice, or the same command, counts once and is acknowledged twice', async () => {
  const home = makeFolder();
  const { room, present, join } = await start(home);
  const [presenter, person] = [present(), await join('하나')];
  const id = randomUUID();
  for (const page of [presenter, presenter]) page.say(move('topics', id));
  for (let count = 0; count < 2; count += 1) await presenter.next('room.ack');
  expect(room.state.moves).toBe(1);
  // Another's id is not one's own.
  person.say(progress('topics/list', 'failed', id));
  person.say(progress('topics/list', 'passed', id));
  for (let count = 0; count < 2; count += 1) expect((await person.next('room.ack')).id).toBe(id);
  expect(room.state.participants[person.participant]?.steps['topics/list']?.status).toBe('failed');
});

it('a restarted hub has the same state, and whoever was in comes back by their token', async () => {
  const home = makeFolder();
  const before = await openRoom(home);
  const person = await before.join('하나');
  const presenter = before.present();
  presenter.say(move('failures'));
  person.say(progress('topics/list', 'failed'));
  person.say(report({ kind: 'hand', up: true, step: 'topics/list' }));
  await presenter.next('room.ack');
  await person.next('room.ack');
  await person.next('room.ack');
  before.room.close();

  const after = await start(home);
  expect(after.room.state).toEqual(before.room.state);
  const page = after.attend();
  page.say({ type: 'room.resume', token: person.token, lab: 'local' });
  expect(await page.next('room.joined')).toMatchObject({
    participant: person.participant,
    nickname: '하나',
    hand: 'up',
  });
  expect((await page.next('room.view')).place?.chapter).toBe('failures');
  const stranger = after.attend();
  stranger.say({ type: 'room.resume', token: 'A'.repeat(43), lab: 'local' });
  expect((await stranger.next('room.refused')).code).toBe('unknown');
});

it('nobody speaks as another, or as the presenter, or before they are in', async () => {
  const { room, present, attend, join } = await start();
  const [presenter, person, stranger] = [present(), await join('하나'), attend()];
  const before = structuredClone(room.state);
  const id = randomUUID();
  person.say(move('topics', id));
  expect(await person.next('room.refused')).toMatchObject({ code: 'not-yours', id });
  person.say({ type: 'room.ask', participant: person.participant });
  expect((await person.next('room.refused')).code).toBe('not-yours');
  presenter.say(progress('topics/list', 'passed', id));
  expect(await presenter.next('room.refused')).toMatchObject({ code: 'not-yours', id });
  stranger.say(progress('topics/list', 'passed', id));
  expect(await stranger.next('room.refused')).toMatchObject({ code: 'unknown', id });
  stranger.say(move('topics'));
  expect((await stranger.next('room.refused')).code).toBe('not-yours');
  // Whose report it is, the connection says, and nothing in it.
  person.text(
    JSON.stringify({ ...progress('topics/list', 'passed'), participant: presenter.page.address }),
  );
  expect((await person.next('room.refused')).code).toBe('bad-message');
  person.say({ type: 'room.join', code: CODE, nickname: '둘', lab: 'none' });
  expect((await person.next('room.refused')).code).toBe('not-yours');
  expect(room.state).toEqual(before);
});

it('names are text without what would hide or change it', async () => {
  const { room, attend } = await start();
  const unseen = [
    '\u3164',
    '\u115F\u1160',
    '\u2800 \u2800',
    '\uFFA0',
    '\uFE0F',
    '\u034F',
    '\u{E0100}',
  ];
  const within = ['a\u202Eb', 'a\nb', '민지\u3164'];
  for (const nickname of ['', '   ', 'x'.repeat(21), ...unseen, ...within]) {
    const page = attend();
    page.say({ type: 'room.join', code: CODE, nickname, lab: 'none' });
    expect((await page.next('room.refused')).code).toBe('bad-message');
  }
  expect(room.state).toEqual({ ...emptyRoom(), name: '시험 수업' });
  for (const nickname of ['김민지', '민지 ❤️', 'Zoë', '한글 ㄱㄴ', '👍🏽']) {
    const page = attend();
    page.say({ type: 'room.join', code: CODE, nickname, lab: 'none' });
    expect((await page.next('room.joined')).nickname).toBe(nickname);
  }
});

it('people of one name are told apart, also who comes in the same moment; a name that is left is free', async () => {
  const home = makeFolder();
  const before = await openRoom(home);
  const [first, second] = await Promise.all([before.join('민수'), before.join('민수')]);
  const nicknameOf = ({ participant }: { participant: string }) =>
    before.room.state.participants[participant]?.nickname;
  expect([first, second].map(nicknameOf)).toEqual(['민수', '민수 (2)']);
  expect(second.told.find((each) => each.type === 'room.joined')?.nickname).toBe('민수 (2)');
  before.room.close();

  const { present, attend, join, room } = await start(home);
  const back = attend();
  back.say({ type: 'room.resume', token: second.token, lab: 'local' });
  expect((await back.next('room.joined')).nickname).toBe('민수 (2)');
  const third = await join('민수');
  expect(room.state.participants[third.participant]?.nickname).toBe('민수 (3)');
  const presenter = present();
  const { participant } = first;
  presenter.say({ type: 'room.remove', id: randomUUID(), participant });
  await presenter.next('room.ack');
  const fourth = await join('민수');
  expect(room.state.participants[fourth.participant]?.nickname).toBe('민수');
});

it('a poll is one vote a person, told to the class when it has ended', async () => {
  const { present, join } = await start();
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  const poll = randomUUID();
  const options = ['1', '2'].map((value) => ({ value, label: `답 ${value}` }));
  presenter.say(command({ kind: 'poll', poll, step: null, question: '리더는?', options }));
  await presenter.next('room.ack');
  for (const value of ['1', '2', '3']) person.say(report({ kind: 'vote', poll, value }));
  other.say(report({ kind: 'vote', poll, value: '2' }));
  for (let count = 0; count < 3; count += 1) await person.next('room.ack');
  await other.next('room.ack');
  const view = () => person.told.findLast((each) => each.type === 'room.view');
  expect(view()?.poll).toMatchObject({ open: true, counts: null });
  presenter.say(command({ kind: 'poll-end', poll }));
  await presenter.next('room.ack');
  expect(view()?.poll).toMatchObject({ open: false, counts: { 1: 0, 2: 2 } });
});

it('what has happened is told of a poll that has ended: once, as one of its options, or as unknown', async () => {
  const home = makeFolder();
  const { room, present, join } = await start(home);
  const [presenter, person] = [present(), await join('하나')];
  const [poll, next] = [randomUUID(), randomUUID()];
  const options = ['1', '2'].map((value) => ({ value, label: `답 ${value}` }));
  const view = () => person.told.findLast((each) => each.type === 'room.view');
  const say = async (said: Command) => {
    presenter.say(command(said));
    await presenter.next('room.ack');
  };
  const outcome = (of: string, value: string | null, reason: string) =>
    say({ kind: 'poll-outcome', poll: of, value, reason });
  await say({ kind: 'poll', poll, step: null, question: '리더는?', options });
  await outcome(poll, '1', '너무 이릅니다.');
  await say({ kind: 'poll-end', poll });
  await outcome(poll, '3', '보기에 없습니다.');
  expect(view()?.poll).toMatchObject({ open: false, outcome: null });
  await outcome(poll, '2', '리더였던 kafka1이 멈췄습니다.');
  await outcome(poll, '1', '다시 실행했습니다.');
  const found = { value: '2', reason: '리더였던 kafka1이 멈췄습니다.' };
  expect(view()?.poll?.outcome).toEqual(found);
  // What came of one is known after the next was asked.
  await say({ kind: 'poll', poll: next, step: null, question: '이제는?', options });
  await say({ kind: 'poll', poll: randomUUID(), step: null, question: '그럼?', options });
  await outcome(next, null, '');
  const outcomes = room.state.polls.map((each) => each.outcome);
  expect(outcomes).toEqual([found, { value: null, reason: '' }, null]);
});

it('what has happened is said by the presenter alone, in few words', async () => {
  const { room, present, join } = await start();
  const [presenter, person] = [present(), await join('하나')];
  const poll = randomUUID();
  const options = ['1', '2'].map((value) => ({ value, label: `답 ${value}` }));
  presenter.say(command({ kind: 'poll', poll, step: null, question: '리더는?', options }));
  presenter.say(command({ kind: 'poll-end', poll }));
  for (let count = 0; count < 2; count += 1) await presenter.next('room.ack');
  person.say(command({ kind: 'poll-outcome', poll, value: '1', reason: '' }));
  expect((await person.next('room.refused')).code).toBe('not-yours');
  const reason = '가'.repeat(301);
  presenter.say(command({ kind: 'poll-outcome', poll, value: '1', reason }));
  expect((await presenter.next('room.refused')).code).toBe('bad-message');
  expect(room.state.polls.at(-1)).toMatchObject({ open: false, outcome: null });
});

it('a vote that cannot count is acknowledged, and leaves nothing on the disk', async () => {
  const home = makeFolder();
  const { room, present, join } = await start(home);
  const [presenter, person] = [present(), await join('하나')];
  const [ended, open] = [randomUUID(), randomUUID()];
  const options = ['1', '2'].map((value) => ({ value, label: `답 ${value}` }));
  for (const poll of [ended, open])
    presenter.say(command({ kind: 'poll', poll, step: null, question: '리더는?', options }));
  for (let count = 0; count < 2; count += 1) await presenter.next('room.ack');
  const before = await eventsIn(home);
  for (const [poll, value] of [
    [randomUUID(), '1'],
    [ended, '1'],
    [open, '3'],
  ] as const) {
    const id = randomUUID();
    person.say(report({ kind: 'vote', poll, value }, id));
    expect((await person.next('room.ack')).id).toBe(id);
  }
  expect(await eventsIn(home)).toBe(before);
  person.say(report({ kind: 'vote', poll: open, value: '2' }));
  await person.next('room.ack');
  expect(await eventsIn(home)).toBe(before + 1);
  expect(room.state.polls.at(-1)?.votes).toEqual({ [person.participant]: '2' });
});

it('of one person, the log takes no more than an honest day has; others are heard as before', async () => {
  const home = makeFolder();
  const { attend, join } = await start(home);
  const [person, other] = [await join('하나'), await join('둘')];
  const finding = { kind: 'java', good: true, text: '가'.repeat(300) };
  const big = () => report({ kind: 'preflight', findings: Array(20).fill(finding) });
  const first = big();
  const said = [first, ...Array.from({ length: 400 }, big)];
  for (const each of said) person.say(each);
  expect(await person.next('room.refused')).toMatchObject({
    code: 'too-much',
    id: expect.any(String),
  });
  const answers = (type: string) => person.told.filter((each) => each.type === type).length;
  await waitFor('all answers', () => answers('room.ack') + answers('room.refused') === said.length);
  const kept = answers('room.ack');
  // Each is 19 KiB at most.
  expect(kept).toBe(Math.floor(ALLOWANCE / 19));
  // What is there is told again as often as a page is opened.
  person.say(first);
  expect(answers('room.ack')).toBe(kept + 1);
  const before = await eventsIn(home);
  for (let count = 0; count < 100; count += 1) {
    const tab = attend();
    tab.say({ type: 'room.resume', token: person.token, lab: 'docker' });
    await tab.next('room.joined');
    tab.leave();
    person.say(progress('topics/list', 'running'));
  }
  other.say(progress('topics/list', 'passed'));
  await other.next('room.ack');
  expect(await eventsIn(home)).toBe(before + (ALLOWANCE % 19) + 1);
});

it('whoever knows the code does not come and go without end, and who was in comes back', async () => {
  const { room, present, attend, join } = await start();
  const person = await join('하나');
  const enter = (): ReturnType<typeof attend> => {
    const page = attend();
    page.say({ type: 'room.join', code: CODE, nickname: '또', lab: 'none' });
    return page;
  };
  const crowd = Array.from({ length: CAPACITY - 1 }, enter);
  await waitFor('all to be in', () => Object.keys(room.state.participants).length === CAPACITY);
  for (const each of crowd) each.leave();
  present().say({ type: 'room.remove-away' });
  await waitFor('all to be gone', () => Object.keys(room.state.participants).length === 1);
  // In the seconds that this has taken, some may come again.
  const late = Array.from({ length: 100 }, enter);
  await waitFor('the last answer', () => late.at(-1)?.told.length);
  expect(late.at(-1)?.told).toMatchObject([{ type: 'room.refused', code: 'too-many' }]);
  const back = attend();
  back.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await back.next('room.joined');
});

it('one person has a few pages at once: of more, the oldest goes', async () => {
  const { attend, join } = await start();
  const person = await join('하나');
  const others = Array.from({ length: 20 }, () => {
    const page = attend();
    page.say({ type: 'room.resume', token: person.token, lab: 'local' });
    return page;
  });
  expect(person.dropped()).toBe(true);
  expect(others.map(({ dropped }) => dropped())).not.toContain(true);
});

it('a hand is up, claimed and done, on all pages of its person', async () => {
  const { present, attend, join } = await start();
  const [presenter, person] = [present(), await join('하나')];
  const tab = attend();
  tab.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await tab.next('room.joined');
  const { participant } = person;
  person.say(report({ kind: 'hand', up: true, step: null }));
  expect((await tab.next('room.hand')).state).toBe('up');
  presenter.say(command({ kind: 'claim', participant }));
  expect((await tab.next('room.hand')).state).toBe('claimed');
  presenter.say(command({ kind: 'help-done', participant }));
  expect((await tab.next('room.hand')).state).toBe('down');
});

it('whoever leaves is forgotten, on all their pages, and does not come back', async () => {
  const { room, attend, join } = await start();
  const person = await join('하나');
  const tab = attend();
  tab.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await tab.next('room.joined');
  person.say({ type: 'room.leave' });
  expect((await tab.next('room.refused')).code).toBe('unknown');
  await waitFor('the room to forget', () => Object.keys(room.state.participants).length === 0);
  const page = attend();
  page.say({ type: 'room.resume', token: person.token, lab: 'local' });
  expect((await page.next('room.refused')).code).toBe('unknown');
});

it('whoever is shown out goes with all that is theirs, and comes back with the code alone', async () => {
  const home = makeFolder();
  const { room, present, attend, join } = await start(home);
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  const tab = attend();
  tab.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await tab.next('room.joined');
  const run = randomUUID();
  person.say({ type: 'room.share', run, step: 'topics/list', on: true });
  person.say(report({ kind: 'hand', up: true, step: null }));
  await person.next('room.ack');
  const { participant, token } = person;
  // Nobody but a presenter.
  other.say({ type: 'room.remove', id: randomUUID(), participant });
  expect((await other.next('room.refused')).code).toBe('not-yours');
  const id = randomUUID();
  presenter.say({ type: 'room.remove', id, participant });
  // Until it is on disk they are there, and what they say goes with them.
  person.say(progress('topics/list', 'passed'));
  expect((await presenter.next('room.ack')).id).toBe(id);
  for (const page of [person, tab]) {
    expect((await page.next('room.refused')).code).toBe('removed');
    expect(page.dropped()).toBe(true);
  }
  expect(other.dropped()).toBe(false);
  expect(Object.keys(room.state.participants)).toEqual([other.participant]);
  const shared = presenter.told.findLast((each) => each.type === 'room.shared');
  expect(shared).toMatchObject({ run, on: false });
  await waitFor('presenters to hear of it', () =>
    presenter.told.some(
      (each) =>
        each.type === 'room.events' && each.entries.some(({ event }) => event.kind === 'removed'),
    ),
  );

  const page = attend();
  page.say({ type: 'room.resume', token, lab: 'local' });
  expect((await page.next('room.refused')).code).toBe('unknown');
  const again = await join('하나');
  expect(again.participant).not.toBe(participant);
  // Told again, as after a lost connection, it is nobody else's.
  presenter.say({ type: 'room.remove', id, participant });
  expect((await presenter.next('room.ack')).id).toBe(id);
  expect(again.dropped()).toBe(false);
  const after = await openRoom(home);
  onTestFinished(after.room.close);
  expect(after.room.state).toEqual(room.state);
});

it('all who are away are shown out at once, and nobody who is there', async () => {
  const { room, present, attend, join } = await start();
  const [presenter, there, back] = [present(), await join('하나'), await join('둘')];
  const gone = [back, ...(await Promise.all(['셋', '넷', '다섯'].map(join)))];
  for (const person of gone) person.leave();
  const tab = attend();
  tab.say({ type: 'room.resume', token: back.token, lab: 'local' });
  await tab.next('room.joined');
  there.say({ type: 'room.remove-away' });
  expect((await there.next('room.refused')).code).toBe('not-yours');
  expect(Object.keys(room.state.participants)).toHaveLength(5);
  presenter.say({ type: 'room.remove-away' });
  await waitFor('them to be gone', () => Object.keys(room.state.participants).length === 2);
  expect(Object.keys(room.state.participants)).toEqual([there.participant, back.participant]);
  expect([there, tab].map((page) => page.dropped())).toEqual([false, false]);
});

it('another code is right at once, on all of the presenter’s pages; whoever is in stays', async () => {
  const { present, attend, join, renewed } = await start();
  const [presenter, wall, person] = [present(), present(), await join('하나')];
  person.say({ type: 'room.renew' });
  expect((await person.next('room.refused')).code).toBe('not-yours');
  presenter.say({ type: 'room.renew' });
  const { code } = (await wall.next('room.code')).join;
  expect((await presenter.next('room.code')).join.code).toBe(code);
  expect(renewed).toEqual([code]);
  const late = attend();
  late.say({ type: 'room.join', code: CODE, nickname: '둘', lab: 'none' });
  expect((await late.next('room.refused')).code).toBe('wrong-code');
  late.say({ type: 'room.join', code: code.replace('-', ''), nickname: '둘', lab: 'none' });
  await late.next('room.joined');
  person.say(progress('topics/list', 'passed'));
  await person.next('room.ack');
  const back = attend();
  back.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await back.next('room.joined');
});

it('who is asked for a look and gives none has the presenter told so, and nobody else', async () => {
  const { present, join } = await start();
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  presenter.say({ type: 'room.ask', participant: person.participant });
  await person.next('room.asked');
  person.say({ type: 'room.decline', why: 'refused' });
  const { participant, why } = await presenter.next('room.declined');
  expect({ participant, why }).toEqual({ participant: person.participant, why: 'refused' });
  expect(other.told.map(({ type }) => type)).not.toContain('room.declined');
  presenter.say({ type: 'room.look-end', participant: person.participant });
  await person.next('room.look-ended');
  expect(other.told.map(({ type }) => type)).not.toContain('room.look-ended');
});

it('a run is looked at while its person lets it, and no longer', async () => {
  const { present, join } = await start();
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  presenter.say({ type: 'room.ask', participant: person.participant });
  await person.next('room.asked');
  expect(other.told.some((each) => each.type === 'room.asked')).toBe(false);
  const run = randomUUID();
  const frame = Buffer.from(`${JSON.stringify({ type: 'run.output', run, offset: 0 })}\n출력`);
  person.frame(frame);
  expect((await person.next('room.refused')).code).toBe('not-yours');
  person.say({ type: 'room.share', run, step: 'topics/list', on: true });
  expect(await presenter.next('room.shared')).toMatchObject({ run, on: true });
  person.frame(frame);
  expect(presenter.frames).toEqual([frame]);
  // Another neither takes it over nor adds to it.
  other.say({ type: 'room.share', run, step: 'topics/list', on: true });
  expect((await other.next('room.refused')).code).toBe('not-yours');
  other.frame(frame);
  other.say({ type: 'room.share', run, step: 'topics/list', on: false });
  const late = present();
  expect(await late.next('room.shared')).toMatchObject({ run, on: true });
  expect(late.frames).toEqual([frame]);
  person.say({ type: 'room.share', run, step: 'topics/list', on: false });
  expect(await late.next('room.shared')).toMatchObject({ run, on: false });
  person.frame(frame);
  expect(late.frames).toHaveLength(1);
  expect(other.frames).toEqual([]);
});

it('however many pages say nothing, a class comes in; who is in stays, and who was turned away is not', async () => {
  const { room, attend, join } = await start();
  const person = await join('하나');
  const silent = Array.from({ length: 2_000 }, () => attend());
  expect(silent.some((page) => page.dropped())).toBe(false);
  const late = await join('둘');
  expect([person, late].map((page) => page.dropped())).toEqual([false, false]);
  const [first] = silent.filter((page) => page.dropped());
  expect(first).toBe(silent[0]);
  first?.say({ type: 'room.join', code: CODE, nickname: '셋', lab: 'none' });
  const last = await join('넷');
  expect(Object.keys(room.state.participants)).toEqual(
    [person, late, last].map(({ participant }) => participant),
  );
  for (const page of silent) page.leave();
});

it('a step that the book does not have is nobody’s, and help is wanted there all the same', async () => {
  const { room, join } = await start();
  const person = await join('하나');
  const id = randomUUID();
  person.say(progress('topics/invented', 'passed', id));
  expect(await person.next('room.refused')).toMatchObject({ code: 'bad-message', id });
  person.say(progress('topics/list', 'passed'));
  person.say(report({ kind: 'hand', up: true, step: 'topics/invented' }));
  for (let count = 0; count < 2; count += 1) await person.next('room.ack');
  const { steps, hand } = room.state.participants[person.participant] ?? {};
  expect(Object.keys(steps ?? {})).toEqual(['topics/list']);
  expect(hand).toMatchObject({ step: null });
});

describe('what the presenter’s lab does', () => {
  const run = randomUUID();
  const status = (step: string): ServerMessage => statusOf(run, { step });
  const output = Buffer.from(`${JSON.stringify({ type: 'run.output', run, offset: 0 })}\nhello`);

  it('is shown to those who want it, as long as they do, and at once to who comes late', async () => {
    const { present, join } = await start(makeFolder(), createMirror());
    const [presenter, person] = [present(), await join('하나')];
    person.say({ type: 'room.mirror', on: true });
    presenter.say({ type: 'room.show', message: status('topics/list') });
    presenter.frame(output);
    expect((await person.next('room.shown')).message).toEqual(status('topics/list'));
    expect(person.frames.map(String)).toEqual([String(output)]);
    person.say({ type: 'room.mirror', on: false });
    presenter.say({ type: 'room.show', message: { type: 'run.effect', run, changes: [] } });
    const late = await join('둘');
    late.say({ type: 'room.mirror', on: true, chapter: 'topics' });
    await late.next('room.shown');
    await waitFor('its output', () => late.frames.length === 1);
    expect(person.told.filter(({ type }) => type === 'room.shown')).toHaveLength(1);
  });

  it('is nothing that a participant can show', async () => {
    const { join } = await start(makeFolder(), createMirror());
    const [person, other] = [await join('하나'), await join('둘')];
    other.say({ type: 'room.mirror', on: true });
    person.say({ type: 'room.show', message: status('topics/list') });
    expect((await person.next('room.refused')).code).toBe('not-yours');
    person.frame(output);
    expect((await person.next('room.refused')).code).toBe('not-yours');
    expect(other.frames).toEqual([]);
    expect(other.told.filter(({ type }) => type === 'room.shown')).toEqual([]);
  });
});

it('the class hears at once that a presenter is there, and not of a page that loads', async () => {
  const { present, join } = await start();
  const person = await join('하나');
  expect((await person.next('room.view')).presented).toBe(false);
  const presenter = present();
  expect((await person.next('room.view')).presented).toBe(true);
  presenter.leave();
  present();
  expect(person.told.filter((each) => each.type === 'room.view')).toHaveLength(2);
});

it('somebody with a lab keeps it while they have a second screen, which has none', async () => {
  const { room, attend, join } = await start();
  const person = await join('하나');
  const screen = attend();
  screen.say({ type: 'room.resume', token: person.token, lab: 'none' });
  await screen.next('room.joined');
  expect(room.state.participants[person.participant]?.lab).toBe('local');
});
