import { expect, it, vi } from 'vitest';
import { finishLeaving, isLeaving, leave } from '../../../../src/client/room/leaving.ts';
import { type Leaver, leavers } from '../../../../src/client/room/membership.ts';
import { waitFor } from '../../../wait.ts';
import { hears, joined, openHub, TOKEN } from './fake-hub.ts';

vi.mock('../../../../src/client/room/lab-of-page.ts', () => ({ labOfPage: async () => 'none' }));

it('who leaves is kept, once, until the hub knows them no more', async () => {
  const hub = await openHub();
  const who = { hub: '', token: TOKEN, room: joined.room, nickname: '가람', joinedAt: 0 };
  const left = Promise.all([leave(who), leave(who)]);
  expect(leavers.read()).toHaveLength(1);
  const first = await hub.line(1);
  await hears(first, 'room.resume');
  first.socket.terminate();
  const second = await hub.line(2);
  await hears(second, 'room.resume');
  expect(isLeaving(TOKEN)).toBe(true);
  second.say({ type: 'room.refused', code: 'unknown', message: '모르는 사람입니다.' });
  await left;
  await waitFor('it to be forgotten', () => !isLeaving(TOKEN));
  expect(hub.lines).toHaveLength(2);
});

it('a hub that has not answered for a month is told no more', async () => {
  const hub = await openHub();
  const day = 24 * 3600 * 1000;
  const leaver = (token: string, more: Partial<Leaver>): Leaver => ({
    ...{ hub: '', token, room: joined.room, isHidden: true, ...more },
  });
  const [old, recent, undated] = ['x'.repeat(43), 'y'.repeat(43), 'z'.repeat(43)];
  leavers.write([
    leaver(old, { leftAt: Date.now() - 31 * day }),
    leaver(recent, { leftAt: Date.now() - 29 * day }),
    leaver(undated, {}),
  ]);
  const finished = finishLeaving();
  expect([old, recent, undated].map(isLeaving)).toEqual([false, true, true]);
  for (const line of [await hub.line(1), await hub.line(2)]) {
    expect((await hears(line, 'room.resume')).token).not.toBe(old);
    line.say({ type: 'room.refused', code: 'unknown', message: '모르는 사람입니다.' });
  }
  await finished;
  expect(leavers.read()).toBeUndefined();
});
