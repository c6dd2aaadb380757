import { expect, it } from 'vitest';
import type { Page } from '../../../server/workshop/page.ts';
import { createShares } from '../../../server/workshop/shares.ts';

const createPage = () => {
  const frames: Uint8Array[] = [];
  const page: Page = {
    address: '',
    backlog: 0,
    tell: () => {},
    pass: (frame) => void frames.push(frame),
    drop: () => {},
  };
  return { page, frames };
};

it('of one page, eight runs are looked at at once, and of others as before', () => {
  const shares = createShares(new Set());
  const [{ page: from }, { page: other }] = [createPage(), createPage()];
  const start = (run: number, page = from) =>
    shares.start({ participant: 'id', run: `${run}`, step: 'topics/list', from: page });
  const started = Array.from({ length: 9 }, (_, run) => start(run));
  expect(started).toEqual([...Array(8).fill(true), false]);
  // What is there may begin again.
  expect(start(0)).toBe(true);
  expect(start(9, other)).toBe(true);
  shares.stop(from, '0');
  expect(start(8)).toBe(true);
});

it('who comes later is given the last of a run, as much as a terminal shows', () => {
  const shares = createShares(new Set());
  const [{ page: from }, late] = [createPage(), createPage()];
  shares.start({ participant: 'id', run: 'run', step: 'topics/list', from });
  const frames = Array.from({ length: 100 }, (_, at) => new Uint8Array(8 * 1024).fill(at));
  for (const frame of frames) shares.pass(from, 'run', frame);
  shares.tell(late.page);
  expect(late.frames.map(([mark]) => mark)).toEqual([92, 93, 94, 95, 96, 97, 98, 99]);
});
