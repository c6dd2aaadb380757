import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ALLOWANCE } from '../../../server/workshop/allowance.ts';
import { CAPACITY } from '../../../server/workshop/room.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { CODE, command, eventsIn, passBrief, progress, report, start } from './room-under-test.ts';

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
  // They are on the way to the disk.
  expect(enter().told).toMatchObject([{ type: 'room.refused', code: 'full' }]);
  await waitFor('all to be in', () => Object.keys(room.state.participants).length === CAPACITY);
  expect(enter().told).toMatchObject([{ type: 'room.refused', code: 'full' }]);
  for (const each of crowd) each.leave();
  passBrief();
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

it('a crowd that came by the code is shown out with it, and who comes by the next is let in at once', async () => {
  const { room, present, attend, join } = await start();
  const [presenter, person] = [present(), await join('하나')];
  const since = (room.state.participants[person.participant]?.joinedAt ?? 0) + 1;
  await waitFor('another millisecond', () => Date.now() >= since);
  const enter = (code: string): ReturnType<typeof attend> => {
    const page = attend();
    page.say({ type: 'room.join', code, nickname: '또', lab: 'none' });
    return page;
  };
  const crowd = Array.from({ length: CAPACITY - 2 }, () => enter(CODE));
  await waitFor('all to be in', () => Object.keys(room.state.participants).length === CAPACITY - 1);
  // Not on disk yet when they are shown out.
  crowd.push(enter(CODE));
  presenter.say({ type: 'room.remove-since', since });
  expect(enter(CODE).told).toMatchObject([{ code: 'wrong-code' }]);
  await waitFor('all to be gone', () => crowd.every(({ dropped }) => dropped()));
  expect(Object.keys(room.state.participants)).toEqual([person.participant]);
  expect(person.dropped()).toBe(false);
  const code = (await presenter.next('room.code')).join.code.replace('-', '');
  const late = Array.from({ length: 1_000 }, () => enter(code));
  await Promise.all(late.map((page) => page.next('room.joined')));
});

it('a participant shows nobody out', async () => {
  const { room, join, renewed } = await start();
  const person = await join('하나');
  person.say({ type: 'room.remove-since', since: 0 });
  expect((await person.next('room.refused')).code).toBe('not-yours');
  expect(Object.keys(room.state.participants)).toEqual([person.participant]);
  expect(renewed).toEqual([]);
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

it('a presenter is told once from where codes are guessed, also one who comes later', async () => {
  const { present, attend } = await start();
  const presenter = present();
  await presenter.next('room.snapshot');
  const guesser = attend('10.0.0.66');
  for (let count = 0; count < 150; count += 1)
    guesser.say({ type: 'room.join', code: '00000000', nickname: '누구', lab: 'none' });
  expect(guesser.told.map((each) => 'code' in each && each.code)).toEqual([
    ...Array.from({ length: 100 }, () => 'wrong-code'),
    ...Array.from({ length: 50 }, () => 'too-many-codes'),
  ]);
  const { join } = await presenter.next('room.code');
  expect(join.shut).toMatchObject({ address: '10.0.0.66' });
  expect(presenter.told.filter(({ type }) => type === 'room.code')).toHaveLength(1);
  expect((await present().next('room.snapshot')).join.shut).toEqual(join.shut);
});
