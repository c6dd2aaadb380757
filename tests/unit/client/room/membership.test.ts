import { expect, it } from 'vitest';
import {
  createSlot,
  forget,
  participation,
  roomName,
} from '../../../../src/client/room/membership.ts';

it.each([
  ['QuotaExceededError', true],
  ['SecurityError', false],
])(
  'after %s it is there for this page, and whether it is for want of room is told: %s',
  (name, isFull) => {
    const slot = createSlot<string>(
      'k',
      () => {
        throw new DOMException('no', name);
      },
      () => true,
    );
    slot.write('x');
    expect([slot.read(), slot.isKept, slot.isFull]).toEqual(['x', false, isFull]);
  },
);

it('who is somebody else by now, in another tab, stays that', () => {
  const who = { hub: '', token: 'new', nickname: '가람', joinedAt: 1 };
  participation.write(who);
  roomName.write('오후 반');
  forget('old');
  expect([participation.read(), roomName.read()]).toEqual([who, '오후 반']);
  forget('new');
  expect([participation.read(), roomName.read()]).toEqual([undefined, undefined]);
});
