import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Command } from '../../../server/workshop/protocol.ts';
import { apply, type RoomState } from '../../../server/workshop/state.ts';
import { statusOf } from '../../run-status.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { command, move, progress, report, start } from './room-under-test.ts';

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
  const { participants } = await presenter.next('room.people');
  const snapshot = await presenter.next('room.snapshot');
  const { seq, presence } = snapshot;
  const state: RoomState = { ...snapshot.state, participants };
  expect(state.participants[early.participant]?.nickname).toBe('하나');
  expect(presence.online).toEqual([early.participant]);
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

it('a poll that has ended is past once the class goes on, for whoever comes then, too', async () => {
  const { present, join } = await start();
  const presenter = present();
  const person = await join('하나');
  const poll = randomUUID();
  const options = ['1', '2'].map((value) => ({ value, label: `답 ${value}` }));
  const ask = command({ kind: 'poll', poll, step: null, question: '리더는?', options });
  const end = command({ kind: 'poll-end', poll });
  const seen: unknown[] = [];
  // It may move while everybody answers.
  for (const said of [move('topics'), ask, move('failures'), end, move('topics')]) {
    presenter.say(said);
    await presenter.next('room.ack');
    seen.push(person.told.findLast((each) => each.type === 'room.view')?.poll?.past);
  }
  expect(seen).toEqual([undefined, false, false, false, true]);
  const late = await join('둘');
  expect((await late.next('room.view')).poll).toMatchObject({ poll, open: false, past: true });
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

it('each page of a presenter sees what the class sees, also the second', async () => {
  const { present } = await start();
  for (const page of [present(), present()])
    expect((await page.next('room.view')).presented).toBe(true);
});

it('the class is told what its presenter runs elsewhere, and nothing of a rehearsal', async () => {
  const { present, join } = await start();
  const person = await join('하나');
  const presenter = present();
  const view = () => person.told.findLast((each) => each.type === 'room.view');
  const show = (startedAt: number, step = 'failures/drill') =>
    presenter.say({
      type: 'room.show',
      message: statusOf(randomUUID(), { step, startedAt }),
    });
  show(1);
  show(Date.now(), 'topics/list');
  await waitFor('the run', () => view()?.elsewhere === 'topics/list');
  expect(view()?.shown).toBe(true);
  expect(JSON.stringify(person.told)).not.toContain('failures/drill');
  presenter.say(command({ kind: 'move', to: { chapter: 'topics', step: 'topics/list' } }));
  await waitFor('the class to be there', () => view()?.elsewhere === null);
});
