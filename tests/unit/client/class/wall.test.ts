import { expect, it } from 'vitest';
import type { RoomEvent } from '../../../../server/workshop/events.ts';
import type { Command } from '../../../../server/workshop/protocol.ts';
import { OVER, pollOnWall, timerOnWall } from '../../../../src/client/class/wall.ts';
import { roomOf } from './class-of.ts';

const commanded = (command: Command): RoomEvent => ({ kind: 'commanded', at: 0, command });
const asked = commanded({
  ...{ kind: 'poll', poll: 'p', step: null, question: '리더는?' },
  options: ['1', '2'].map((value) => ({ value, label: value })),
});
const ended = commanded({ kind: 'poll-end', poll: 'p' });
const moved = commanded({ kind: 'move', to: { chapter: 'topics', step: null } });

it('the wall says for a while that the time is up', () => {
  const room = roomOf([commanded({ kind: 'timer', seconds: 60, label: '훈련' })]);
  expect(timerOnWall(room, 60_000 + OVER - 1)).toBe(room.timer);
  expect(timerOnWall(room, 60_000 + OVER)).toBe(null);
});

it('the wall shows what is asked, and what came of it until the class goes on', () => {
  const shows = (...events: readonly RoomEvent[]) => pollOnWall(roomOf(events)) !== undefined;
  expect(shows()).toBe(false);
  expect(shows(moved, asked)).toBe(true);
  // It has moved while everybody answers.
  expect(shows(moved, asked, moved)).toBe(true);
  expect(shows(moved, asked, moved, ended)).toBe(true);
  expect(shows(moved, asked, moved, ended, moved)).toBe(false);
});

it('the wall shows nothing that was asked on another day', () => {
  const opened: RoomEvent = { kind: 'opened', at: 0, name: '1반' };
  const closed: RoomEvent = { kind: 'closed', at: 0 };
  expect(pollOnWall(roomOf([opened, asked]))).toBeDefined();
  expect(pollOnWall(roomOf([opened, asked, closed, opened]))).toBe(undefined);
});
