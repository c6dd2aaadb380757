import { expect, it, vi } from 'vitest';
import { isLeaving, leave } from '../../../../src/client/room/leaving.ts';
import { leavers } from '../../../../src/client/room/membership.ts';
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
