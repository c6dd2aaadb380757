import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { emptyRoom } from '../../../server/workshop/state.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { CODE, move, openRoom, passBrief, progress, report, start } from './room-under-test.ts';

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

it('who comes back to another class is told that it is another, and is not forgotten by their own', async () => {
  const home = makeFolder();
  const own = await openRoom(home);
  const person = await own.join('하나');
  const { openedAt } = own.room.state;
  own.room.close();
  const back = { type: 'room.resume', token: person.token, lab: 'local', room: openedAt } as const;
  await waitFor('another moment', () => Date.now() > openedAt);
  const other = (await start()).attend();
  other.say(back);
  expect((await other.next('room.refused')).code).toBe('another-class');
  // Also to one that was opened before theirs.
  const { attend } = await start(home);
  const late = attend();
  late.say({ ...back, room: openedAt + 1 });
  expect((await late.next('room.refused')).code).toBe('another-class');
  const page = attend();
  page.say(back);
  expect(await page.next('room.joined')).toMatchObject({ nickname: '하나', room: openedAt });
});

it('who is in several classes here comes into that which is led, as who they are there', async () => {
  const [one, two] = [makeFolder(), makeFolder()];
  const first = await openRoom(one);
  const own = await first.join('하나');
  const room = first.room.state.openedAt;
  first.room.close();
  await waitFor('another moment', () => Date.now() > room);
  const { attend, join, room: led } = await start(two);
  const there = await join('둘');
  const dead = 'x'.repeat(43);
  const back = attend();
  const others = [dead, there.token];
  back.say({ type: 'room.resume', token: own.token, lab: 'local', room, others });
  const who = { participant: there.participant, token: there.token, nickname: '둘' };
  expect(await back.next('room.joined')).toMatchObject({ ...who, room: led.state.openedAt });
  // With the code, too: but for that, they would be there twice.
  const again = attend();
  again.say({ type: 'room.join', code: CODE, nickname: '셋', lab: 'local', others });
  expect(await again.next('room.joined')).toMatchObject(who);
  expect(Object.keys(led.state.participants)).toEqual([there.participant]);
  // Nobody is let in by what they say to have been.
  const stranger = attend();
  stranger.say({ type: 'room.join', code: 'ZZZZZZZZ', nickname: '넷', lab: 'local', others });
  expect((await stranger.next('room.refused')).code).toBe('wrong-code');
  const unknown = attend();
  unknown.say({ type: 'room.resume', token: own.token, lab: 'local', room, others: [dead] });
  const refused = await unknown.next('room.refused');
  expect([refused.code, refused.message.includes(led.state.name)]).toEqual(['another-class', true]);
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
  const { openedAt, sessions } = room.state;
  expect(room.state).toEqual({ ...emptyRoom(), name: '시험 수업', openedAt, sessions });
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

it('whoever leaves is forgotten, on all their pages, and does not come back', async () => {
  const { room, attend, join } = await start();
  const person = await join('하나');
  const tab = attend();
  tab.say({ type: 'room.resume', token: person.token, lab: 'local' });
  await tab.next('room.joined');
  person.say({ type: 'room.leave' });
  expect(person.told.some(({ type }) => type === 'room.refused')).toBe(false);
  for (const each of [person, tab]) {
    expect((await each.next('room.refused')).code).toBe('unknown');
    expect(room.state.participants).toEqual({});
  }
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
  // Whose page is only loading is not to lose what they have done.
  presenter.say({ type: 'room.remove-away' });
  presenter.say(move('topics'));
  await presenter.next('room.ack');
  expect(Object.keys(room.state.participants)).toHaveLength(5);
  passBrief();
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

it('somebody with a lab keeps it while they have a second screen, which has none', async () => {
  const { room, attend, join } = await start();
  const person = await join('하나');
  const screen = attend();
  screen.say({ type: 'room.resume', token: person.token, lab: 'none' });
  await screen.next('room.joined');
  expect(room.state.participants[person.participant]?.lab).toBe('local');
});

it('who comes is told again that they are unknown, where they were shown out until it was on disk', async () => {
  const { room, attend, join, present } = await start();
  const [presenter, person] = [present(), await join('하나')];
  const { participant, token } = person;
  presenter.say({ type: 'room.remove', id: randomUUID(), participant });
  const tab = attend();
  // With another lab, which is an event: on disk after that they are gone.
  tab.say({ type: 'room.resume', token, lab: 'docker' });
  expect((await tab.next('room.refused')).code).toBe('removed');
  expect((await tab.next('room.refused')).code).toBe('unknown');
  expect(tab.told.some(({ type }) => type === 'room.joined')).toBe(false);
  expect(room.state.participants).toEqual({});
});

it('who went a moment ago is told to a presenter’s page that comes, also by a hub that was killed', async () => {
  const home = makeFolder();
  const first = await openRoom(home);
  const [there, gone] = [await first.join('하나'), await first.join('둘')];
  gone.leave();
  const leftIn = async (room: Pick<typeof first, 'present'>) =>
    Object.keys((await room.present().next('room.snapshot')).presence.left);
  expect(await leftIn(first)).toEqual([gone.participant]);
  passBrief();
  expect(await leftIn(first)).toEqual([]);
  first.room.close();
  const second = await openRoom(home);
  expect(await leftIn(second)).toEqual([there.participant, gone.participant]);
  second.room.sayClosed('npm run workshop');
  second.room.close();
  // Of another day, nobody is there until they come.
  expect(await leftIn(await start(home))).toEqual([]);
});

it('nobody comes in as the presenter, or under a number that the class did not give', async () => {
  const { room, join: enter } = await openRoom(makeFolder());
  for (const wanted of ['강사', '김민수 (2)', '김민수', '👨‍👩‍👧‍👦']) await enter(wanted);
  const names = Object.values(room.state.participants).map(({ nickname }) => nickname);
  expect(names).toEqual(['강사 (참가자)', '김민수', '김민수 (2)', '👨‍👩‍👧‍👦']);
});
