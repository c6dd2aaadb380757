/** What a page is told that watches the cluster. */
import { expect, it } from 'vitest';
import { ServerMessage } from '../../../server/protocol.ts';
import { waitFor } from '../../wait.ts';
import { connect, execs, RUN, startExec, startRun } from './site-under-test.ts';

type Page = Awaited<ReturnType<typeof connect>>;

const ofType = <Type extends ServerMessage['type']>(page: Page, type: Type) =>
  page.messages.filter(
    (message): message is Extract<ServerMessage, { type: Type }> => message.type === type,
  );

it('a page that asks again is told at once what is known, and the cluster is not looked at anew', async () => {
  const page = await connect();
  page.send({ type: 'cluster.watch', on: true });
  await waitFor('the state', () => ofType(page, 'cluster.state').length === 1);
  const asked = performance.now();
  page.send({ type: 'cluster.watch', on: true });
  await waitFor('the state again', () => ofType(page, 'cluster.state').length === 2);
  expect(ofType(page, 'cluster.history')).toHaveLength(2);
  // Nobody else watches: a watch that had begun anew would know nothing from before.
  expect(ofType(page, 'cluster.state')[1]?.at).toBeLessThan(asked);
});

it('a page is told what happened before it came, and what happens, until it says otherwise', async () => {
  const first = await connect();
  first.send({ type: 'cluster.watch', on: true });
  await waitFor('the state', () => ofType(first, 'cluster.state').length > 0);
  expect(ofType(first, 'cluster.history')).toMatchObject([{ happenings: [] }]);
  first.send(startRun);
  await first.status(RUN, 'running');
  await waitFor('the start', () => ofType(first, 'cluster.happened').length === 1);
  const second = await connect();
  second.send({ type: 'cluster.watch', on: true });
  await waitFor('the history', () => ofType(second, 'cluster.history').length > 0);
  const started = { kind: 'run', title: '목록', status: 'running' };
  expect(ofType(second, 'cluster.history')).toMatchObject([{ happenings: [started] }]);
  second.send({ type: 'cluster.watch', on: false });
  // The next message is answered after that one.
  second.send({ type: 'run.signal', run: 'x', signal: 'kill' });
  await second.refusal('bad-message');
  execs[0]?.exit(0);
  await waitFor('the end', () => ofType(first, 'cluster.happened').length === 2);
  const ended = { kind: 'run', title: '목록', status: 'passed' };
  expect(ofType(first, 'cluster.happened').map(({ happening }) => happening)).toMatchObject([
    started,
    ended,
  ]);
  expect(ofType(second, 'cluster.happened')).toEqual([]);
});

it('a page that reads nothing is told all that it has missed at once, when it reads again', {
  timeout: 15_000,
}, async () => {
  const page = await startExec();
  execs[0]?.stdio.stdout(Buffer.alloc(1024 * 1024, 'x'));
  const second = await connect();
  for (const { send } of [page, second]) send({ type: 'cluster.watch', on: true });
  await waitFor('the state', () =>
    [page, second].every((each) => ofType(each, 'cluster.state').length > 0),
  );
  const told: ServerMessage[] = [];
  page.socket.pause();
  page.socket.removeAllListeners('message').on('message', (data: Buffer, isBinary) => {
    if (!isBinary) told.push(ServerMessage.parse(JSON.parse(data.toString())));
  });
  // Each is answered with a quarter of a mebibyte: more than the sidecar keeps for one page.
  for (let times = 0; times < 100; times += 1) {
    page.send({ type: 'run.attach', run: RUN, offset: 0 });
  }
  const looks = (): number => ofType(second, 'cluster.change').length;
  const before = looks();
  await waitFor('two looks', () => looks() >= before + 2);
  second.send({ ...startRun, run: crypto.randomUUID(), step: 'environment/up' });
  await waitFor('what happens', () => ofType(second, 'cluster.happened').length === 2);
  page.socket.resume();
  await waitFor('the history', () => told.some(({ type }) => type === 'cluster.history'));
  const types = told.map(({ type }) => type);
  expect(types.indexOf('cluster.state')).toBe(types.indexOf('cluster.history') - 1);
  expect(types).not.toContain('cluster.happened');
  expect(told.find(({ type }) => type === 'cluster.history')).toMatchObject({
    happenings: [{ kind: 'run' }, { kind: 'run' }, { kind: 'run' }],
  });
});
