import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFeed } from '../../../server/workshop/feed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const openPage = () => {
  const told: string[] = [];
  const page = {
    address: '',
    backlog: 0,
    tell: (message: Uint8Array) => void told.push(String(message)),
    pass: () => {},
    drop: () => {},
  };
  return { told, page };
};

it('a presenter is told four times a second at most, and all of it', () => {
  const feed = createFeed(() => ({ online: [], left: {} }));
  const { page, told } = openPage();
  feed.join(page, () => [{ type: 'room.code', join: JOIN, now: 0 }]);
  told.length = 0;
  for (let seq = 1; seq <= 1_000; seq += 1) {
    feed.add({ seq, event: { kind: 'opened', at: 1, name: '' } });
    vi.advanceTimersByTime(1);
  }
  // The first is told at once.
  expect(told.length).toBeLessThanOrEqual(5);
  vi.advanceTimersByTime(250);
  const entries = told.flatMap((each) => JSON.parse(each).entries);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
  expect(entries).toHaveLength(1_000);
  feed.close();
});

it('who comes is not told again what the snapshot has', () => {
  const feed = createFeed(() => ({ online: [], left: {} }));
  const [first, second] = [openPage(), openPage()];
  feed.join(first.page, () => []);
  feed.add({ seq: 1, event: { kind: 'opened', at: 1, name: '' } });
  feed.join(second.page, () => [{ type: 'room.code', join: JOIN, now: 0 }]);
  vi.advanceTimersByTime(250);
  expect(first.told).toHaveLength(1);
  expect(second.told).toHaveLength(1);
  feed.close();
});

const JOIN = { addresses: [], code: '', link: '', expiresAt: 0, shut: null };
