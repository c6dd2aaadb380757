import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Entry, RoomEvent } from '../../../server/workshop/events.ts';
import type { RoomLog } from '../../../server/workshop/log.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';

const opened = (name: string): RoomEvent => ({ kind: 'opened', at: 1, name });

const read = async (log: RoomLog, seq = 1): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of log.readFrom(seq)) entries.push(entry);
  return entries;
};

const joined = (participant: string, nickname: string): RoomEvent => ({
  kind: 'joined',
  at: 1,
  participant,
  nickname,
  lab: 'none',
});

/** All that is in the folder's files. */
const bytesIn = (folder: string): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString())
    .join('');

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

it('is on disk after a power cut, too', () => {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());
  const log = openSqliteLog(join(makeFolder(), 'room.sqlite'));
  // Of this connection alone, and not of the file: `FULL`.
  const asked = DatabaseSync.prototype.prepare.call(exec.mock.contexts[0], 'PRAGMA synchronous');
  expect(asked.get()).toEqual({ synchronous: 2 });
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
    await log.append(joined(participant, '지워질사람'), 'token:first');
    await log.append(joined(other, '남을사람'), 'token:second');
    // More than a page holds: where it was is given back, and not written over.
    const findings = [{ kind: 'java', good: true, text: '지워질말'.repeat(2_000) }];
    await log.append({
      kind: 'reported',
      at: 1,
      participant,
      report: { kind: 'preflight', findings },
    });
    await log.append({ kind, at: 2, participant });
    const kinds = (await read(log)).map(({ event }) => event.kind);
    expect(kinds).toEqual(['left', 'joined', 'left', 'left']);
    expect(log.find('token:first')).toBeUndefined();
    expect(bytesIn(folder)).not.toContain('지워질');
    expect(bytesIn(folder)).toContain('남을사람');
    log.close();
  },
);

// Less than the five seconds that SQLite would wait, and with it all who are in the room.
it('who leaves while an export reads waits for nobody, and is forgotten after it', {
  timeout: 4_000,
}, async () => {
  const folder = makeFolder();
  const log = openSqliteLog(join(folder, 'room.sqlite'));
  const participant = randomUUID();
  await log.append(joined(participant, '지워질사람'));
  const reader = new DatabaseSync(join(folder, 'room.sqlite'), { readOnly: true });
  reader.exec('BEGIN');
  expect(reader.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 1 });
  await log.append({ kind: 'left', at: 2, participant });
  expect(bytesIn(folder)).toContain('지워질사람');
  reader.close();
  await waitFor('the name to be gone', () => !bytesIn(folder).includes('지워질사람'));
  log.close();
});

it('who had left when the hub was killed is forgotten when it is opened again', async () => {
  const [folder, after] = [makeFolder(), makeFolder()];
  const file = join(folder, 'room.sqlite');
  const log = openSqliteLog(file);
  const participant = randomUUID();
  await log.append(joined(participant, '지워질사람'));
  // Nobody empties the log of changes while this reads.
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM events').get();
  await log.append({ kind: 'left', at: 2, participant });
  for (const part of ['', '-wal']) copyFileSync(file + part, join(after, `room.sqlite${part}`));
  reader.close();
  log.close();
  expect(bytesIn(after)).toContain('지워질사람');
  const again = openSqliteLog(join(after, 'room.sqlite'));
  expect(bytesIn(after)).not.toContain('지워질사람');
  expect((await read(again)).map(({ event }) => event.kind)).toEqual(['left', 'left']);
  again.close();
});
