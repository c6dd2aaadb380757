/** What a class sees of its presenter's cluster. */
import { expect, it } from 'vitest';
import { clusterOf } from '../cluster-state.ts';
import { violations } from './axe.ts';
import { haveRoom } from './have-room.ts';
import { isIn, move, type RoomUnderTest } from './room.ts';

let room: RoomUnderTest;

haveRoom((had) => {
  ({ room } = had);
});

it('tells runs that failed, or were stopped, from those that passed by more than a colour', async () => {
  const presenter = await room.openPresenter();
  presenter.command(move('failures'));
  const { page, complaints } = await room.joinFromHub('누리', {
    viewport: { width: 1440, height: 900 },
  });
  await page.goto(`${room.door}/failures/`);
  await isIn(page);
  const statuses = ['running', 'passed', 'failed', 'stopped', 'unknown'] as const;
  presenter.say({ type: 'room.show', message: clusterOf(9_000) });
  const happenings = statuses.map((status, index) => ({
    kind: 'run',
    at: 1_000 + index,
    date: Date.now(),
    title: `kafka1 ${status}`,
    command: 'docker stop kafka1',
    status,
    acts: true,
    duration: 1_000,
  }));
  presenter.say({ type: 'room.show', message: { type: 'cluster.history', happenings } });
  const entries = page.locator('cluster-view [data-part="timeline"] li');
  await entries.nth(4).waitFor();
  /** Its shape, whatever its colour. */
  const shapeOf = (status: string): Promise<string> =>
    entries.filter({ hasText: `kafka1 ${status}` }).evaluate((row) => {
      const { clipPath, borderRadius, backgroundColor } = getComputedStyle(row, '::before');
      const page = getComputedStyle(document.body).backgroundColor;
      return `${clipPath} ${borderRadius} ${backgroundColor === page ? 'hollow' : 'full'}`;
    });
  const [running, passed, failed, stopped, unknown] = await Promise.all(statuses.map(shapeOf));
  expect(running).toBe(passed);
  expect(stopped).toBe(unknown);
  expect(new Set([passed, failed, stopped]).size).toBe(3);
  expect(await violations(page, 'cluster-view')).toEqual([]);
  expect(complaints).toEqual([]);
  presenter.close();
});
