/** A presenter leads a class in which each has told as much as anybody may. */
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { relay } from '../../../server/relay.ts';
import type { RoomEvent } from '../../../server/workshop/events.ts';
import { logFile } from '../../../server/workshop/home.ts';
import type { RelayOpen, Report } from '../../../server/workshop/protocol.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import type { Participant } from '../../../server/workshop/state.ts';
import { createFeed, type RoomUpdate } from '../../../src/client/class/feed.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { start, TOKEN } from './hub-under-test.ts';

const PEOPLE = 1_200;
/** All that the book has. */
const STEPS = 70;
/** The longest that a reason, or a finding, is. */
const LONG = '가'.repeat(300);

/** What they have told is 100 MB, of which the room keeps half. */
const fill = async (home: string): Promise<void> => {
  const log = openSqliteLog(logFile(home));
  const findings = Array.from({ length: 20 }, () => ({ kind: 'java', good: false, text: LONG }));
  const reports: readonly Report[] = [
    { kind: 'preflight', findings } as Extract<Report, { kind: 'preflight' }>,
    ...Array.from({ length: STEPS }, (_, step): Report => {
      const reason = { kind: 'exit', text: LONG };
      return { kind: 'progress', step: `a/${step}`, run: `${step}`, status: 'failed', reason };
    }),
  ];
  let at = 0;
  const events = Array.from({ length: PEOPLE }, (_, index): RoomEvent[] => {
    const participant = `${index}`;
    return [
      { kind: 'joined', at, participant, nickname: participant, lab: 'local' },
      ...reports.map((report): RoomEvent => {
        at += 1;
        return { kind: 'reported', at, participant, report };
      }),
    ];
  }).flat();
  await Promise.all(events.map((event) => log.append(event)));
  log.close();
};

/** What a page knows at the end of what it was told first. */
const told = async (socket: WebSocket, first?: RelayOpen): Promise<Participant[]> => {
  onTestFinished(() => socket.terminate());
  const feed = createFeed(() => 0);
  let closed: number | undefined;
  socket.on('open', () => first && socket.send(JSON.stringify(first)));
  socket.on('close', (code) => {
    closed = code;
  });
  socket.on('message', (data) => {
    const update = JSON.parse(String(data)) as RoomUpdate;
    if (update.type === 'room.people' || update.type === 'room.snapshot') feed.receive(update);
  });
  await waitFor('the room', () => feed.class !== undefined || closed !== undefined, 30_000);
  expect(closed).toBeUndefined();
  return Object.values(feed.class?.room.participants ?? {});
};

it('comes in whatever they have told, from their own page and from the lab’s', async () => {
  const home = makeFolder();
  await fill(home);
  const { presenterPort } = await start({ home });
  const at = `127.0.0.1:${presenterPort}`;
  const headers = { authorization: `Bearer ${TOKEN}`, origin: `http://${at}` };
  const people = await told(new WebSocket(`ws://${at}/api/room`, { headers }));
  expect(people).toHaveLength(PEOPLE);
  // Of so many failures, the reasons of the last.
  const reasons = Object.entries(people[0]?.steps ?? {}).filter(([, { reason }]) => reason);
  expect(reasons.map(([step]) => step)).toEqual(
    Array.from({ length: 20 }, (_, index) => `a/${STEPS - 20 + index}`),
  );

  const sidecar = new WebSocketServer({ port: await freePort(), host: '127.0.0.1' });
  onTestFinished(() => void sidecar.close());
  sidecar.on('connection', (page) => relay(page));
  const page = new WebSocket(`ws://127.0.0.1:${sidecar.options.port}`);
  const open: RelayOpen = { type: 'relay.open', hub: `http://${at}`, token: TOKEN };
  expect(await told(page, open)).toHaveLength(PEOPLE);
}, 60_000);
