/** Runs and sidecars that are told to stop, and what goes on without them. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import { takeDrillLock } from '../../../server/drill-lock.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import { createRuns } from '../../../server/runs/runs.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { waitFor } from '../../wait.ts';
import { openRaw } from './raw-socket.ts';
import {
  connect,
  get,
  home,
  lessons,
  openSession,
  RUN,
  restart,
  runsOn,
  sidecar,
  startExec,
  startRun,
} from './site-under-test.ts';

describe('a run that is told to stop', () => {
  it('says so to every page, until it has', async () => {
    const { lab, execs } = createFakeLab({ running: true });
    const exec: Lab['exec'] = (...asked) => ({ ...lab.exec(...asked), signal: () => {} });
    await restart(true, { lab: { ...lab, exec } });
    const page = await startExec();
    const other = await connect();
    const stopping = () =>
      other.messages.flatMap((each) => (each.type === 'run.status' ? [each.stopping] : []));
    await waitFor('the first word', () => stopping().length > 0);
    expect(stopping()).toEqual([null]);
    page.send({ type: 'run.signal', run: RUN, signal: 'interrupt' });
    await waitFor('the word', () => stopping().length > 1);
    expect(stopping().at(-1)).toBeGreaterThanOrEqual(0);
    // Who comes now is told since when.
    const late = await connect();
    await waitFor('the same word', () =>
      late.messages.some((each) => each.type === 'run.status' && each.stopping !== null),
    );
    execs[0]?.exit(130);
    await other.status(RUN, 'stopped');
    expect(stopping().at(-1)).toBeNull();
  });
});

describe('a sidecar that is told to stop', () => {
  it('answers its pages until what runs has ended: they would take it for gone', async () => {
    const { lab, execs } = createFakeLab({ running: true });
    // As a drill that puts its brokers back first.
    const exec: Lab['exec'] = (...asked) => ({ ...lab.exec(...asked), signal: () => {} });
    await restart(true, { lab: { ...lab, exec } });
    const page = await startExec();
    const closing = sidecar.close();
    expect((await get('/api/health', { cookie: await openSession() })).status).toBe(200);
    const other = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c12';
    page.send({ ...startRun, run: other, step: 'environment/up' });
    await page.refusal('busy');
    execs[0]?.exit(130);
    await page.status(RUN, 'stopped');
    await closing;
  });
});

describe('a connection that is open when the sidecar has stopped', () => {
  it('is closed, whatever is still to come on it', async () => {
    const [page, silent] = [await connect(), await openRaw()];
    silent.socket.write('GET / HTTP/1.1\r\n');
    const closed = once(page.socket, 'close');
    await sidecar.close();
    await Promise.all([closed, silent.closed()]);
  });
});

describe('a run that nothing ends', () => {
  it('does not keep the sidecar from stopping', async () => {
    const { lab } = createFakeLab({ running: true });
    const signals: string[] = [];
    const exec: Lab['exec'] = (...args) => ({
      ...lab.exec(...args),
      exited: new Promise(() => {}),
      signal: (signal) => signals.push(signal),
    });
    const runs = runsOn({ ...lab, exec });
    await runs.start({ id: RUN, step: 'topics/list', size: { cols: 80, rows: 24 } });
    await runs.close(50, 50);
    expect(signals).toEqual(['interrupt', 'terminate']);
  });
});

describe('a click that is being decided on', () => {
  it('begins nothing once the sidecar is told to stop', async () => {
    const { lab, execs } = createFakeLab({ running: true });
    const answer = Promise.withResolvers<void>();
    const containers = async () => {
      await answer.promise;
      return lab.containers();
    };
    const runs = runsOn({ ...lab, containers });
    const click = runs.start({ id: RUN, step: 'topics/list', size: { cols: 80, rows: 24 } });
    await runs.close(1_000, 1_000);
    answer.resolve();
    await expect(click).rejects.toMatchObject({ code: 'busy' });
    expect(execs).toHaveLength(0);
  });
});

describe('a drill that goes on without the sidecar that began it', () => {
  it('is named to whoever has to wait for it', async () => {
    const list = lessons.get('topics/list') ?? expect.fail('no such step');
    const drill = {
      text: './test_broker_failure.sh',
      action: { kind: 'example', program: 'test_broker_failure', args: [] },
    } as const;
    const failures = {
      id: 'failures/drill',
      props: { id: 'drill', title: '훈련' },
      commands: [...list.commands, drill],
    };
    const { lab, execs } = createFakeLab({ running: true });
    const runs = createRuns(
      new Map([...lessons, [failures.id, failures]]),
      lab,
      createWatcher(lab),
      home,
    );
    const size = { cols: 80, rows: 24 };
    const run = await runs.start({ id: RUN, step: failures.id, size });
    execs[0]?.exit(1);
    await run.ended;
    const lock = takeDrillLock(home);
    const other = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c12';
    await expect(runs.start({ id: other, step: 'environment/up', size })).rejects.toMatchObject({
      code: 'busy',
      step: failures.id,
    });
    lock?.release();
    await runs.start({ id: other, step: 'environment/up', size });
  });
});
