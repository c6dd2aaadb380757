/** A room's log in one file of SQLite. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LabError, notWritable } from '../errors.ts';
import type { Entry, RoomEvent } from './events.ts';
import type { RoomLog } from './log.ts';

/**
 * Of the hub's time, writing to disk takes one part in so many, since everything else waits for it; but
 * after one slow write, milliseconds, the next does not wait longer than this.
 */
const SHARE = 4;
const LONGEST = 20;

/** Pages of 4 KiB that wait to go from the log of changes to the file: few at a time are mostly the same. */
const CHECKPOINT = 4_000;

/** Milliseconds that another process which writes to the file, as an export that opens it, is waited for. */
const BUSY_TIMEOUT = 5_000;

/** Milliseconds until it is tried again to forget somebody, where an export reads the file just now. */
const AGAIN = 1_000;

interface Waiting {
  readonly event: RoomEvent;
  readonly id: string | undefined;
  readonly resolve: (entry: Entry | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * WAL and `synchronous=FULL`: what was committed survives a power cut. What comes while the disk is busy
 * is committed together.
 */
export const openSqliteLog = (file: string): RoomLog => {
  const database = open(file);
  const insert = database.prepare(
    'INSERT INTO events (id, participant, event) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const byId = database.prepare('SELECT event FROM events WHERE id = ?');
  const from = database.prepare('SELECT seq, event FROM events WHERE seq >= ? ORDER BY seq');
  const overwrite = database.prepare(
    `UPDATE events SET id = NULL, event = json_object(
       'kind', 'left', 'participant', participant, 'at', json_extract(event, '$.at')
     ) WHERE participant IN (SELECT value FROM json_each(?))`,
  );

  let waiting: Waiting[] = [];
  let immediate: NodeJS.Immediate | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Milliseconds of `performance.now()` before which the disk is left alone. */
  let notBefore = 0;
  let forgetting: NodeJS.Timeout | undefined;

  /** What was overwritten can be read in the log of changes until that is emptied. */
  const forget = (): void => {
    clearTimeout(forgetting);
    forgetting = emptied(database) ? undefined : setTimeout(forget, AGAIN);
  };
  // A hub that was killed may have left one.
  forget();

  const commit = (): void => {
    immediate = undefined;
    timer = undefined;
    const batch = waiting;
    waiting = [];
    const began = performance.now();
    const done: (Entry | undefined)[] = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const { event, id } of batch) {
        const participant = 'participant' in event ? event.participant : null;
        const text = JSON.stringify(event);
        const { changes, lastInsertRowid } = insert.run(keyOf(id), participant, text);
        done.push(changes === 0 ? undefined : { seq: Number(lastInsertRowid), event });
      }
      const left = batch.flatMap(({ event }) =>
        event.kind === 'left' || event.kind === 'removed' ? event.participant : [],
      );
      if (left.length > 0) overwrite.run(JSON.stringify(left));
      database.exec('COMMIT');
      if (left.length > 0) forget();
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      for (const { reject } of batch) reject(error);
      return;
    } finally {
      const now = performance.now();
      notBefore = now + Math.min((now - began) * (SHARE - 1), LONGEST);
    }
    for (const [at, { resolve }] of batch.entries()) resolve(done[at]);
  };

  return {
    append: (event, id) =>
      new Promise((resolve, reject) => {
        waiting.push({ event, id, resolve, reject });
        if (waiting.length > 1) return;
        const rest = notBefore - performance.now();
        if (rest > 0) timer = setTimeout(commit, rest);
        else immediate = setImmediate(commit);
      }),
    find: (id) => {
      const row = byId.get(keyOf(id));
      return row === undefined ? undefined : JSON.parse(String(row.event));
    },
    readFrom: async function* readFrom(seq) {
      for (const row of from.iterate(seq)) {
        yield { seq: Number(row.seq), event: JSON.parse(String(row.event)) };
      }
    },
    close: () => {
      clearImmediate(immediate);
      clearTimeout(timer);
      if (waiting.length > 0) commit();
      clearTimeout(forgetting);
      database.close();
    },
  };
};

/** A log from its beginning, also while a hub writes to it. What is none stays as it is: it is somebody's. */
export const entriesIn = function* entriesIn(file: string): Generator<Entry> {
  // Not `readOnly`: that leaves SQLite's own files beside it.
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    database.exec('PRAGMA query_only = ON');
    const rows = database.prepare('SELECT seq, event FROM events ORDER BY seq').iterate();
    for (const { seq, event } of rows) yield { seq: Number(seq), event: JSON.parse(String(event)) };
  } finally {
    database.close();
  }
};

/**
 * All of a log at once.
 *
 * @throws LabError `usage` where it is none.
 */
export const readSqliteLog = (file: string): Entry[] => {
  try {
    return [...entriesIn(file)];
  } catch (cause) {
    throw new LabError('usage', `수업 기록이 아닙니다: ${file}`, { cause });
  }
};

/** Short, as each has its place among all the others: 128 bits meet no second time. */
const keyOf = (id: string | undefined): Uint8Array | null =>
  id === undefined ? null : createHash('sha256').update(id).digest().subarray(0, 16);

/**
 * Whether the log of changes could be emptied into the file: not while somebody reads there, for whom all
 * would wait. What was committed is so in any case.
 */
const emptied = (database: DatabaseSync): boolean => {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } catch {
    return false;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  }
};

const open = (file: string): DatabaseSync => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    chmodSync(file, 0o600);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT};
      CREATE TABLE IF NOT EXISTS events (
        seq INTEGER PRIMARY KEY,
        id BLOB UNIQUE,
        participant TEXT,
        event TEXT NOT NULL
      );
      CREATE INDEX IF NOT EXISTS events_of ON events (participant);
    `);
    return database;
  } catch (error) {
    throw notWritable(dirname(file), error);
  }
};
