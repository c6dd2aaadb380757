/** What a class sees of its presenter's cluster. */
import { expect, it } from 'vitest';
import { difference } from '../../server/cluster/changes.ts';
import type { Happening } from '../../server/protocol.ts';
import { clusterOf } from '../cluster-state.ts';
import { waitFor } from '../wait.ts';
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

it('says that something is left out of what happened, where its presenter went on without it', async () => {
  const { page } = await room.joinFromHub('누리', { viewport: { width: 1440, height: 900 } });
  await page.goto(`${room.door}/failures/`);
  await isIn(page);
  const entries = page.locator('cluster-view [data-part="timeline"] li');
  const news = page.locator('cluster-view [data-part="news"]');
  const up = clusterOf(1_000);
  const brokers = up.brokers.map((each) =>
    each.name === 'kafka1'
      ? { ...each, container: 'exited' as const, state: 'down' as const }
      : each,
  );
  const down = clusterOf(2_000, { brokers });
  const happened = (from: typeof up, to: typeof up): Happening => {
    const { at, toldAt } = to;
    const { changes } = difference(from, to);
    return { kind: 'changes', at, date: Date.now(), seen: true, toldAt, changes };
  };
  const first = await room.openPresenter();
  first.command(move('failures'));
  first.say({ type: 'room.show', message: up });
  first.say({ type: 'room.show', message: { type: 'cluster.history', happenings: [] } });
  const stopped = happened(up, down);
  await page.locator('cluster-view [data-part="brokers"]').getByText('kafka1').waitFor();
  first.say({ type: 'room.show', message: { type: 'cluster.happened', happening: stopped } });
  first.say({ type: 'room.show', message: down });
  await entries.getByText('kafka1: 실행 중 → 멈춤').waitFor();
  await waitFor('it to be said', async () => (await news.textContent()) !== '');

  await room.closeHub();
  first.close();
  const started = happened(down, clusterOf(9_000));
  await room.reopenHub();
  const second = await room.openPresenter();
  await isIn(page);
  const happenings = [stopped, started];
  second.say({ type: 'room.show', message: { type: 'cluster.history', happenings } });
  second.say({ type: 'room.show', message: clusterOf(10_000) });
  await entries.nth(1).waitFor();
  expect(await entries.first().textContent()).toBe(
    '이 사이에 수업 밖에서 일어난 일은 여기에 없습니다.',
  );
  expect(await news.textContent()).toBe('');
  expect(await violations(page, 'cluster-view')).toEqual([]);
  second.close();
});
