import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { notWritable } from './errors.ts';

/** SQLite's word for "somebody else has it" (SQLITE_BUSY). */
const BUSY = 5;

export interface Lock {
  release(): void;
}

const open = (file: string): DatabaseSync => {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new DatabaseSync(file);
  } catch (error) {
    throw notWritable(dirname(file), error);
  }
};

/**
 * Takes a lock that the operating system gives back by itself when this process dies, however it
 * dies: a lock file with a pid in it could not promise that. `undefined` while another process (or
 * another caller in this one) has it.
 */
export const tryLock = (file: string): Lock | undefined => {
  const database = open(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return undefined;
    throw notWritable(dirname(file), error);
  }
};
