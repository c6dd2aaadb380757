import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { become, forget, letters } from '../../../../src/client/room/membership.ts';
import {
  RoomConnection,
  type RoomMessage,
  type RoomOptions,
} from '../../../../src/client/room/room-connection.ts';
import { waitFor } from '../../../wait.ts';
import { hears, joined, openHub, TOKEN } from './fake-hub.ts';

beforeEach(() => letters.write(undefined));

const connect = (options: Partial<RoomOptions> = {}) => {
  const settled: string[] = [];
  const room = new RoomConnection({
    hub: '',
    credential: { as: 'newcomer', code: 'ABCDEFGH', nickname: '가람' },
    lab: async () => 'local',
    settled: ({ id }) => settled.push(id),
    ...options,
  });
  onTestFinished(() => room.end());
  return { room, settled };
};

const hand = (up: boolean) => ({ kind: 'hand', up, step: null }) as const;

it('joins with a code once, and comes back with its token', async () => {
  const hub = await openHub();
  const { room } = connect();
  const first = await hub.line(1);
  expect(await hears(first, 'room.join')).toEqual({
    type: 'room.join',
    code: 'ABCDEFGH',
    nickname: '가람',
    lab: 'local',
  });
  expect(room.state).toBe('connecting');
  first.say(joined);
  await waitFor('it to be in', () => room.state === 'open');
  first.socket.terminate();
  await waitFor('it to see that', () => room.state === 'lost');
  const second = await hub.line(2);
  expect(await hears(second, 'room.resume')).toEqual({
    type: 'room.resume',
    token: TOKEN,
    lab: 'local',
    room: joined.room,
  });
  expect(second.heard).toHaveLength(1);
});

it('tells its sidecar first where the hub is, with a token only as a presenter', async () => {
  const hub = await openHub();
  const where = 'http://192.168.0.7:4330';
  connect({ hub: where });
  const first = await hub.line(1);
  await hears(first, 'room.join');
  expect(first.heard[0]).toEqual({ type: 'relay.open', hub: where });
  connect({ hub: where, credential: { as: 'presenter', token: TOKEN } });
  const second = await hub.line(2);
  await hears(second, 'relay.open');
  expect(second.heard).toEqual([{ type: 'relay.open', hub: where, token: TOKEN }]);
});

it('sends again, under the same id and in order, what the hub has not acknowledged, and nothing twice', async () => {
  const hub = await openHub();
  const { room, settled } = connect();
  room.report(hand(true), 'a');
  room.report(hand(false), 'b');
  // Clicked twice, or heard in two ways.
  room.report(hand(false), 'b');
  room.report(hand(true), 'c');
  const first = await hub.line(1);
  await hears(first, 'room.join');
  expect(first.heard).toHaveLength(1);
  first.say(joined);
  expect(await hears(first, 'room.report')).toMatchObject({ id: 'a', report: hand(true) });
  first.say({ type: 'room.ack', id: 'a' });
  expect(await hears(first, 'room.report', 2)).toMatchObject({ id: 'b' });
  // It may be in the log: nobody has heard.
  first.socket.terminate();
  const second = await hub.line(2);
  second.say(joined);
  expect(await hears(second, 'room.report')).toMatchObject({ id: 'b' });
  second.say({ type: 'room.ack', id: 'b' });
  expect(await hears(second, 'room.report', 2)).toMatchObject({ id: 'c' });
  // A hub that answers again what it has answered.
  second.say({ type: 'room.ack', id: 'b' });
  second.say({ type: 'room.ack', id: 'c' });
  await waitFor('all to be there', () => settled.length === 3);
  expect(settled).toEqual(['a', 'b', 'c']);
  expect(second.heard.filter(({ type }) => type === 'room.report')).toHaveLength(2);
});

it('lets the next page tell what this one could not', async () => {
  const hub = await openHub();
  const { room } = connect();
  room.report(hand(true), 'a');
  room.end();
  // The page that comes after it, in the same tab.
  connect({ credential: { as: 'participant', token: TOKEN } });
  const line = await waitFor('a line', () => hub.lines.find(({ heard }) => heard.length > 0));
  line.say(joined);
  expect(await hears(line, 'room.report')).toMatchObject({ id: 'a' });
});

it('does not wait for ever for what the hub will never take, nor takes it for told', async () => {
  const hub = await openHub();
  const { room, settled } = connect();
  room.report(hand(true), 'a');
  room.report(hand(false), 'b');
  const line = await hub.line(1);
  line.say(joined);
  await hears(line, 'room.report');
  line.say({ type: 'room.refused', code: 'bad-message', message: '…', id: 'a' });
  expect(await hears(line, 'room.report', 2)).toMatchObject({ id: 'b' });
  expect(room.state).toBe('open');
  line.say({ type: 'room.ack', id: 'b' });
  await waitFor('the other', () => settled.length > 0);
  expect(settled).toEqual(['b']);
});

it('ends where it is not let in, and says why', async () => {
  const hub = await openHub();
  const { room } = connect();
  const line = await hub.line(1);
  await hears(line, 'room.join');
  line.say({ type: 'room.refused', code: 'wrong-code', message: '코드가 맞지 않습니다.' });
  await waitFor('the end', () => room.state === 'ended');
  expect(room.problem).toBe('코드가 맞지 않습니다.');
  expect(room.send({ type: 'room.leave' })).toBe(false);
});

it('ends where it is known no more, but not where it is to wait', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'participant', token: TOKEN } });
  const first = await hub.line(1);
  await hears(first, 'room.resume');
  first.say({ type: 'room.refused', code: 'too-many', message: '잠시 뒤에.' });
  first.socket.close();
  const second = await hub.line(2);
  await hears(second, 'room.resume');
  second.say({ type: 'room.refused', code: 'unknown', message: '모르는 사람입니다.' });
  await waitFor('the end', () => room.state === 'ended');
});

it('waits for its class while another is led there, and comes back to it as the same', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'participant', token: TOKEN, room: 7 } });
  const first = await hub.line(1);
  expect(await hears(first, 'room.resume')).toMatchObject({ token: TOKEN, room: 7 });
  first.say({ type: 'room.refused', code: 'another-class', message: '다른 수업입니다.' });
  await waitFor('it to be told', () => room.state === 'lost' && room.isElsewhere);
  expect(room.problem).toBe('다른 수업입니다.');
  const second = await hub.line(2);
  expect(await hears(second, 'room.resume')).toMatchObject({ token: TOKEN, room: 7 });
  second.say(joined);
  await waitFor('it to be in', () => room.state === 'open' && !room.isElsewhere);
});

it('that comes into another class tells nothing there of the one before', async () => {
  const hub = await openHub();
  const before = { hub: '', token: TOKEN, nickname: '가람', joinedAt: 1 };
  const next = { ...before, token: 's'.repeat(43) };
  become(before);
  onTestFinished(() => forget(TOKEN));
  letters.write([{ id: 'a', report: hand(true) }]);
  const { room } = connect();
  room.subscribe({
    handleMessage: ({ type }) => {
      if (type === 'room.joined') become(next);
    },
  });
  const line = await hub.line(1);
  await hears(line, 'room.join');
  line.say({ ...joined, token: next.token });
  await waitFor('it to be in', () => room.state === 'open');
  room.report({ kind: 'vote', poll: 'p', value: 'v' }, 'b');
  await hears(line, 'room.report');
  expect(line.heard.map(({ type, id }) => [type, id])).toEqual([
    ['room.join', undefined],
    ['room.report', 'b'],
  ]);
  become(before);
  expect(letters.read()?.map(({ id }) => id)).toEqual(['a']);
});

it('says who else it is there, and tells nothing of one class to another', async () => {
  const hub = await openHub();
  letters.write([{ id: 'a', report: hand(true) }]);
  const there = 's'.repeat(43);
  const credential = { as: 'participant', token: TOKEN, room: 7 } as const;
  const { room } = connect({ credential, others: () => [there] });
  const told: RoomMessage[] = [];
  room.subscribe({ handleMessage: (message) => told.push(message) });
  const line = await hub.line(1);
  expect(await hears(line, 'room.resume')).toMatchObject({ token: TOKEN, others: [there] });
  const other = { ...joined, token: there, room: 8 };
  line.say(other);
  await waitFor('the end', () => room.state === 'ended');
  expect(told).toContainEqual(other);
  await waitFor('its close', () => line.socket.readyState === line.socket.CLOSED);
  expect(line.heard.map(({ type }) => type)).toEqual(['room.resume']);
});

it('knows that the class was closed, whatever is said of the line after that, until it is in again', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'participant', token: TOKEN } });
  const first = await hub.line(1);
  await hears(first, 'room.resume');
  first.say(joined);
  await waitFor('it to be in', () => room.state === 'open');
  first.say({ type: 'room.refused', code: 'closed', message: '닫았습니다.' });
  const second = await hub.line(2);
  await hears(second, 'room.resume');
  second.say({ type: 'relay.failed', message: '아무도 없습니다.' });
  second.socket.close();
  const third = await hub.line(3);
  await hears(third, 'room.resume');
  expect(room.problem).toBe('닫았습니다.');
  third.say({ type: 'room.refused', code: 'another-class', message: '다른 수업입니다.' });
  await waitFor('it to see that', () => room.isElsewhere);
  expect(room.problem).toBe('다른 수업입니다.');
  const fourth = await hub.line(4);
  await hears(fourth, 'room.resume');
  fourth.say(joined);
  await waitFor('it to be in again', () => room.state === 'open');
  expect(room.problem).toBe('');
});

it('tells a class that is led again nothing that was for the moment before', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'participant', token: TOKEN } });
  for (const [index, code] of (['closed', 'another-class'] as const).entries()) {
    const line = await hub.line(2 * index + 1);
    line.say(joined);
    await waitFor('it to be in', () => room.state === 'open');
    room.report(hand(true));
    await hears(line, 'room.report');
    line.say({ type: 'room.refused', code, message: '닫았습니다.' });
    await waitFor('it to see that', () => room.isGone);
    expect(room.waiting).toEqual([]);
    const next = await hub.line(2 * index + 2);
    next.say(joined);
    await waitFor('it to be in again', () => room.state === 'open');
    expect(room.isGone).toBe(false);
    next.socket.terminate();
  }
});

it('that comes back only to leave says so at each connection until it is known no more, and nothing else', async () => {
  const hub = await openHub();
  letters.write([{ id: 'a', report: hand(true) }]);
  const { room } = connect({ credential: { as: 'leaver', token: TOKEN } });
  for (const count of [1, 2]) {
    const line = await hub.line(count);
    await hears(line, 'room.resume');
    line.say(joined);
    await hears(line, 'room.leave');
    expect(line.heard.map(({ type }) => type)).toEqual(['room.resume', 'room.leave']);
    expect(room.state).not.toBe('ended');
    // Nobody knows whether it has come to the log.
    line.socket.terminate();
  }
  const last = await hub.line(3);
  await hears(last, 'room.resume');
  last.say({ type: 'room.refused', code: 'unknown', message: '모르는 사람입니다.' });
  await waitFor('the end', () => room.state === 'ended');
});

it('ends where its person was shown out, and does not come back', async () => {
  const hub = await openHub();
  const { room } = connect();
  const line = await hub.line(1);
  line.say(joined);
  await waitFor('it to be in', () => room.state === 'open');
  line.say({ type: 'room.refused', code: 'removed', message: '강사가 내보냈습니다.' });
  line.socket.close();
  await waitFor('the end', () => room.state === 'ended');
  expect(room.problem).toBe('강사가 내보냈습니다.');
});

it('says what its sidecar says, and tries again', async () => {
  const hub = await openHub();
  const { room } = connect({ hub: 'http://192.168.0.7:4330' });
  const first = await hub.line(1);
  await hears(first, 'relay.open');
  first.say({ type: 'relay.failed', message: '그 주소에 닿지 못했습니다.' });
  first.socket.close();
  await waitFor('it to say so', () => room.problem === '그 주소에 닿지 못했습니다.');
  const second = await hub.line(2);
  second.say(joined);
  await waitFor('it to be in', () => room.state === 'open');
  expect(room.problem).toBe('');
});

it('gives nobody who was in the advice of one who comes', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'participant', token: TOKEN } });
  const first = await hub.line(1);
  await hears(first, 'room.resume');
  first.say({ type: 'relay.failed', message: '아무도 없습니다.', why: 'nobody-listens' });
  first.socket.close();
  await hub.line(2);
  expect(room.problem).toBe('');
});

it('knows that another class is led than that of its presenter, whatever was said of that before', async () => {
  const hub = await openHub();
  const { room } = connect({ credential: { as: 'presenter', token: TOKEN } });
  const first = await hub.line(1);
  first.say({ type: 'room.snapshot' });
  await waitFor('it to be in', () => room.state === 'open');
  first.say({ type: 'room.refused', code: 'closed', message: '닫았습니다.' });
  await waitFor('it to be closed', () => room.isClosed);
  const second = await hub.line(2);
  second.say({ type: 'relay.failed', message: '다른 토큰입니다.', why: 'not-let-in' });
  second.socket.close();
  await waitFor('it to see that', () => room.isElsewhere && room.state === 'lost');
  expect([room.problem, room.isClosed]).toEqual(['다른 토큰입니다.', false]);
});

it('leaves a hub that answers nothing any more, and a connection that it slept through', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const hub = await openHub();
  const { room, settled } = connect();
  const first = await hub.line(1);
  first.say(joined);
  await waitFor('it to be in', () => room.state === 'open');
  room.report(hand(true), 'a');
  await hears(first, 'room.report');
  for (let looks = 0; looks < 4; looks += 1) vi.advanceTimersByTime(5_000);
  const second = await hub.line(2);
  second.say(joined);
  expect(await hears(second, 'room.report')).toMatchObject({ id: 'a' });
  second.say({ type: 'room.ack', id: 'a' });
  await waitFor('it to be told', () => settled.length === 1);
  // A lid that was closed.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(5_000);
  await hub.line(3);
});

it('comes back at once on another network', async () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  onTestFinished(() => void vi.unstubAllGlobals());
  const hub = await openHub();
  const { room } = connect();
  for (const [count, change] of ['online', 'offline'].entries()) {
    const line = await hub.line(count + 1);
    line.say(joined);
    await waitFor('it to be in', () => room.state === 'open');
    page.dispatchEvent(new Event(change));
    expect(room.state).toBe('lost');
  }
  await hub.line(3);
});

it('takes no view that is none', async () => {
  const hub = await openHub();
  const { room } = connect();
  const told: string[] = [];
  room.subscribe({ handleMessage: ({ type }) => told.push(type) });
  const line = await hub.line(1);
  line.say(joined);
  line.socket.send(JSON.stringify({ type: 'room.view', place: { chapter: '//evil.example' } }));
  line.say({ type: 'room.hand', state: 'up' });
  await waitFor('what comes after it', () => told.includes('room.hand'));
  expect(told).toEqual(['room.joined', 'room.hand']);
});
