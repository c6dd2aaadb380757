import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createAttendance, PAGES } from '../../../server/workshop/attendance.ts';
import { BRIEF } from '../../../server/workshop/presence.ts';

const START = 1_000;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  onTestFinished(() => void vi.useRealTimers());
});

const createPage = () => ({ page: { drop: vi.fn() } });

const open = (expected: readonly string[] = []) => {
  const handleChange = vi.fn();
  return { attendance: createAttendance(expected, handleChange), handleChange };
};

it('somebody is there with all of their pages, and has gone with the last', () => {
  const { attendance, handleChange } = open();
  const [first, second] = [createPage(), createPage()];
  for (const page of [first, second]) attendance.enter('하나', page);
  expect(attendance.pagesOf('하나')).toEqual([first, second]);
  expect(handleChange).toHaveBeenCalledTimes(1);
  attendance.exit('하나', first);
  expect(attendance.has('하나')).toBe(true);
  expect(handleChange).toHaveBeenCalledTimes(1);
  attendance.exit('하나', second);
  expect([attendance.has('하나'), attendance.pagesOf('하나')]).toEqual([false, []]);
  expect(handleChange).toHaveBeenCalledTimes(2);
});

it('who has gone is not away for a moment, and is told of until then', () => {
  const { attendance } = open();
  const page = createPage();
  attendance.enter('하나', page);
  expect(attendance.told).toEqual({ online: ['하나'], left: {} });
  attendance.exit('하나', page);
  vi.setSystemTime(START + BRIEF - 1);
  expect(attendance.told).toEqual({ online: [], left: { 하나: START } });
  expect(attendance.isAway('하나')).toBe(false);
  vi.setSystemTime(START + BRIEF);
  expect(attendance.told).toEqual({ online: [], left: {} });
  expect(attendance.isAway('하나')).toBe(true);
  attendance.enter('하나', page);
  expect(attendance.isAway('하나')).toBe(false);
});

it('who was there as the hub was killed is expected for a moment, and nobody else', () => {
  const { attendance } = open(['하나']);
  expect(attendance.told).toEqual({ online: [], left: { 하나: START } });
  expect(['하나', '둘'].map(attendance.isAway)).toEqual([false, true]);
});

it('who is of the class no more has not gone a moment ago', () => {
  const { attendance } = open(['하나']);
  attendance.forget('하나');
  expect(attendance.told.left).toEqual({});
});

it('of one page too many, the oldest goes', () => {
  const { attendance } = open();
  const pages = Array.from({ length: PAGES + 1 }, createPage);
  for (const page of pages) attendance.enter('하나', page);
  const dropped = pages.filter(({ page }) => page.drop.mock.calls.length > 0);
  expect(dropped).toEqual(pages.slice(0, 1));
});
