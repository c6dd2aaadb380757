import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LabResetting } from '../../../server/protocol.ts';
import { waitFor } from '../../wait.ts';
import { connect, downs, execs, home, RUN, startExec, startRun } from './site-under-test.ts';

const reset = { type: 'lab.reset', confirmed: true };

type Page = Awaited<ReturnType<typeof connect>>;

const told = ({ messages }: Page): readonly LabResetting[] =>
  messages.filter((message) => message.type === 'lab.resetting');
const becomes = (page: Page, wanted: LabResetting['state']): Promise<LabResetting> =>
  waitFor(`the reset to be ${wanted}`, () => told(page).findLast(({ state }) => state === wanted));
const kept = (): readonly string[] => readdirSync(join(home, 'runs'));

/** A page whose run has ended. */
const runOnce = async (): Promise<Page> => {
  const page = await startExec();
  execs[0]?.exit(0);
  await page.status(RUN, 'passed');
  return page;
};

it('removes nothing while a step runs, and says which', async () => {
  const page = await startExec();
  page.send(reset);
  const refused = await becomes(page, 'refused');
  expect(refused).toMatchObject({ step: 'topics/list', text: expect.stringContaining('‘목록’') });
  expect(downs).toHaveLength(0);
  expect(kept()).toEqual([RUN]);
});

it('removes cluster and records, and tells every page how it gets on', async () => {
  const [page, other] = [await runOnce(), await connect()];
  await other.status(RUN, 'passed');
  page.send(reset);
  await becomes(other, 'running');
  downs[0]?.stdio.stderr(Buffer.from('\x1b[32m ✔ kafka1 제거됨\x1b[0m\n'));
  await waitFor('its words', () => told(other).at(-1)?.text === ' ✔ kafka1 제거됨\n');

  const again = { ...startRun, run: crypto.randomUUID() };
  other.send(again);
  expect(await other.refusal('busy')).toMatchObject({ run: again.run });
  other.send(reset);
  await becomes(other, 'refused');
  expect(downs).toHaveLength(1);

  downs[0]?.end(0);
  const { at } = await becomes(page, 'done');
  await becomes(other, 'done');
  expect(at).toBeGreaterThanOrEqual(
    page.messages.find((each) => each.type === 'run.status')?.startedAt ?? at,
  );
  expect(kept()).toEqual([]);
  // Whoever comes now, or has missed it, is told, and of no run.
  const late = await connect();
  await becomes(late, 'done');
  late.send({ type: 'run.attach', run: RUN, offset: 0 });
  await late.refusal('unknown-run');
  expect(late.messages.some(({ type }) => type === 'run.status')).toBe(false);
  late.send(again);
  await late.status(again.run, 'running');
});

it('says what failed, and keeps the records of what is still there', async () => {
  const page = await runOnce();
  page.send(reset);
  await becomes(page, 'running');
  downs[0]?.stdio.stderr(Buffer.from('no such volume\n'));
  downs[0]?.end(1);
  expect((await becomes(page, 'failed')).text).toContain('no such volume');
  expect(kept()).toEqual([RUN]);
  page.send(reset);
  await waitFor('another try', () => downs.length === 2);
});

it('empties the axis of pages that watch the cluster', async () => {
  const page = await runOnce();
  page.send({ type: 'cluster.watch', on: true });
  const histories = () => page.messages.filter((each) => each.type === 'cluster.history');
  await waitFor('what happened', () => histories()[0]?.happenings.length === 2);
  page.send(reset);
  await becomes(page, 'running');
  downs[0]?.end(0);
  await waitFor('an empty axis', () => histories().at(-1)?.happenings.length === 0);
});
