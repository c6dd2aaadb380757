import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { Entry, RoomEvent } from '../../../server/workshop/events.ts';
import type { RoomLog } from '../../../server/workshop/log.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { makeFolder } from '../lab/folder.ts';

const opened = (name: string): RoomEvent => ({ kind: 'opened', at: 1, name });

const read = async (log: RoomLog, seq = 1): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of log.readFrom(seq)) entries.push(entry);
  return entries;
};

it('what was appended is there in its order, without a gap, also for whoever opens it again', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  const log = openSqliteLog(file);
  const names = Array.from({ length: 100 }, (_, at) => `${at}`);
  const done = await Promise.all(names.map((name) => log.append(opened(name))));
  expect(done.map((entry) => entry?.seq)).toEqual(names.map((_, at) => at + 1));
  log.close();
  const again = openSqliteLog(file);
  expect(await read(again)).toEqual(done);
  expect(await read(again, 99)).toEqual(done.slice(98));
  again.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('the same id counts once, together or later, and is found', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  const log = openSqliteLog(file);
  const twice = await Promise.all([log.append(opened('a'), 'x'), log.append(opened('b'), 'x')]);
  expect(twice).toEqual([{ seq: 1, event: opened('a') }, undefined]);
  log.close();
  const again = openSqliteLog(file);
  expect(await again.append(opened('c'), 'x')).toBeUndefined();
  expect(await again.append(opened('d'), 'y')).toMatchObject({ seq: 2 });
  expect(again.find('x')).toEqual(opened('a'));
  expect(again.find('z')).toBeUndefined();
  again.close();
});

it('is on disk when it says so', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  const log = openSqliteLog(file);
  await log.append(opened('a'));
  const other = new DatabaseSync(file, { readOnly: true });
  expect(other.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 1 });
  other.close();
  log.close();
});

it('what waits when it is closed is written', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  const log = openSqliteLog(file);
  const waits = log.append(opened('a'));
  log.close();
  expect(await waits).toMatchObject({ seq: 1 });
});

it('a disk that does not take it says so, and nothing of it counts', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  const log = openSqliteLog(file);
  await log.append(opened('a'));
  const other = new DatabaseSync(file);
  other.exec('ALTER TABLE events RENAME TO gone');
  await expect(log.append(opened('b'), 'b')).rejects.toThrow();
  other.exec('ALTER TABLE gone RENAME TO events');
  other.close();
  expect(await log.append(opened('b'), 'b')).toMatchObject({ seq: 2 });
  log.close();
});

it('what one person has told is found without reading what all have, also in a log of before', async () => {
  const file = join(makeFolder(), 'room.sqlite');
  openSqliteLog(file).close();
  const before = new DatabaseSync(file);
  before.exec('DROP INDEX events_of');
  before.close();
  openSqliteLog(file).close();
  const after = new DatabaseSync(file, { readOnly: true });
  const plan = after
    .prepare("EXPLAIN QUERY PLAN SELECT * FROM events WHERE participant = 'a'")
    .get();
  expect(plan?.detail).toContain('SEARCH events USING INDEX');
  after.close();
});

it.each(['left', 'removed'] as const)(
  'nothing is kept of whoever has %s: no name, no word, no token',
  async (kind) => {
    const folder = makeFolder();
    const log = openSqliteLog(join(folder, 'room.sqlite'));
    const [participant, other] = [randomUUID(), randomUUID()];
    const joined = (id: string, nickname: string): RoomEvent => ({
      kind: 'joined',
      at: 1,
      participant: id,
      nickname,
      lab: 'none',
    });
    await log.append(joined(participant, '지워질사람'), 'token:first');
    await log.append(joined(other, '남을사람'), 'token:second');
    await log.append({ kind, at: 2, participant });
    const kinds = (await read(log)).map(({ event }) => event.kind);
    expect(kinds).toEqual(['left', 'joined', 'left']);
    expect(log.find('token:first')).toBeUndefined();
    const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString());
    expect(bytes.join('')).not.toContain('지워질사람');
    expect(bytes.join('')).toContain('남을사람');
    log.close();
  },
);
