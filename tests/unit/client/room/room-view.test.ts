import { expect, it } from 'vitest';
import { type Poll, RoomView } from '../../../../server/workshop/protocol.ts';
import { isView } from '../../../../src/client/room/room-view.ts';

const POLL: Poll = {
  poll: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11',
  step: null,
  question: '?',
  options: [{ value: 'a', label: 'A' }],
  counts: null,
  open: true,
  outcome: null,
};
const VIEW: RoomView = {
  type: 'room.view',
  name: '수업',
  place: { chapter: 'topics', step: 'topics/list' },
  moves: 1,
  announcement: { text: '쉬는 시간', at: 1 },
  timer: { until: 1, label: '' },
  now: 0,
  poll: POLL,
  presented: true,
};

it('takes what a hub says of its room', () => {
  expect(isView(VIEW)).toBe(true);
  expect(RoomView.parse(VIEW)).toEqual(VIEW);
  for (const value of ['a', null])
    expect(isView({ ...VIEW, poll: { ...POLL, outcome: { value, reason: '왜' } } })).toBe(true);
  // Of this edition, and of one before.
  const poll = { ...POLL, open: false, past: true };
  const now = { ...VIEW, poll, shown: false, elsewhere: 'failures/drill', ran: null };
  expect(isView(now)).toBe(true);
  expect(RoomView.parse(now)).toEqual(now);
  expect(isView({ ...VIEW, elsewhere: null })).toBe(true);
  expect(isView({ ...VIEW, place: null, announcement: null, timer: null, poll: null })).toBe(true);
});

it.each([
  'http://127.0.0.1:5999/phish',
  '/\\evil.example',
  '//evil.example',
  'javascript:alert(1)//',
  '?token=x',
  '../x',
])('leads nobody to %s', (chapter) => {
  expect(isView({ ...VIEW, place: { chapter, step: null } })).toBe(false);
  expect(isView({ ...VIEW, place: { chapter: 'topics', step: chapter } })).toBe(false);
  expect(isView({ ...VIEW, elsewhere: chapter })).toBe(false);
  expect(isView({ ...VIEW, ran: chapter })).toBe(false);
  // As the contract has it, which the page does not load.
  expect(RoomView.safeParse({ ...VIEW, place: { chapter, step: null } }).success).toBe(false);
});

it('takes a step of a name that a step may have, and no longer one', () => {
  const at = (length: number): boolean =>
    isView({ ...VIEW, place: { chapter: 'topics', step: 'topics/'.padEnd(length, 'x') } });
  expect([at(120), at(121)]).toEqual([true, false]);
});

it.each([
  { timer: { until: 'soon', label: '' } },
  { poll: { ...POLL, options: null } },
  { poll: { ...POLL, options: [null] } },
  { poll: { ...POLL, outcome: undefined } },
  { poll: { ...POLL, outcome: 'a' } },
  { poll: { ...POLL, past: 'a' } },
  { poll: { ...POLL, outcome: { value: 1, reason: '' } } },
  { poll: { ...POLL, outcome: { value: null } } },
  { shown: 'no' },
  { announcement: {} },
  { announcement: '쉬는 시간' },
])('takes no other shape: %j', (changes) => {
  expect(isView({ ...VIEW, ...(changes as unknown as Partial<RoomView>) })).toBe(false);
});
