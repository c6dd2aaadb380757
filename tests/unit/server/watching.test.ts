/** What a page is told that watches the cluster. */
import { expect, it } from 'vitest';
import type { ServerMessage } from '../../../server/protocol.ts';
import { waitFor } from '../../wait.ts';
import { connect, execs, RUN, startRun } from './site-under-test.ts';

type Page = Awaited<ReturnType<typeof connect>>;

const ofType = <Type extends ServerMessage['type']>(page: Page, type: Type) =>
  page.messages.filter(
    (message): message is Extract<ServerMessage, { type: Type }> => message.type === type,
  );

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
