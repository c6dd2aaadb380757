/** The folder of a workshop: its room, its code, its presenter's token. */
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { type Lock, tryLock } from '../lock.ts';
import { openSqliteLog } from './sqlite-log.ts';

const LOG = 'room.sqlite';

/** The log of the room that is led here, or was last. */
export const logFile = (home: string): string => join(home, LOG);

/**
 * Takes the folder's only place for a hub.
 *
 * @throws LabError `busy` while one runs.
 */
export const takeHub = (home: string): Lock => {
  const lock = tryLock(join(home, 'hub.lock'));
  if (lock !== undefined) return lock;
  throw new LabError(
    'busy',
    '이 폴더의 수업이 이미 열려 있습니다. 그 창을 Ctrl+C로 끝낸 뒤 다시 시작해 주세요.',
  );
};

/** The next room is a new one, with a code and a token of its own. Where the last one is now. */
export const setAside = (home: string): string | undefined => {
  forgetAccess(home);
  const name = `room-${new Date().toISOString().replace(/\D/g, '').slice(0, 17)}.sqlite`;
  const files = filesOf(home, LOG);
  for (const file of files) renameSync(join(home, file), join(home, file.replace(LOG, name)));
  return files.length > 0 ? join(home, name) : undefined;
};

/** Leads that room again which was called so, the newest of them. Whether there is one. */
export const bringBack = async (home: string, name: string): Promise<boolean> => {
  for (const room of roomsIn(home).filter((file) => file !== LOG)) {
    if ((await nameIn(join(home, room))) !== name) continue;
    for (const file of filesOf(home, room))
      renameSync(join(home, file), join(home, file.replace(room, LOG)));
    return true;
  }
  return false;
};

/** All rooms, and everything about the people who were in them. Whether there was any. */
export const deleteRooms = (home: string): boolean => {
  takeHub(home).release();
  // Nothing that is not its own: the folder may be somebody's.
  const own = readdirSync(home).filter((name) => OWN.test(name));
  for (const file of own) rmSync(join(home, file));
  if (readdirSync(home).length === 0) rmdirSync(home);
  // To look, it took the lock itself.
  return own.some((file) => !file.startsWith('hub.lock'));
};

/**
 * Rooms that were called so, and everything about the people who were in them; the others stay.
 *
 * @throws LabError `usage` where none was called so: it names those that there are.
 */
export const deleteRoomsNamed = async (home: string, name: string): Promise<void> => {
  takeHub(home).release();
  const named = new Map<string, string | undefined>();
  for (const room of roomsIn(home)) named.set(room, await nameIn(join(home, room)));
  const rooms = [...named].filter(([, each]) => each === name).map(([room]) => room);
  if (rooms.length === 0) {
    const others = [...new Set(named.values())].filter((each) => each !== undefined);
    const there = others.length === 0 ? '남은 기록이 없습니다.' : `있는 수업: ${others.join(', ')}`;
    throw new LabError('usage', `‘${name}’이라는 수업의 기록이 없습니다. ${there}`);
  }
  if (rooms.length === named.size) {
    deleteRooms(home);
    return;
  }
  for (const room of rooms) for (const file of filesOf(home, room)) rmSync(join(home, file));
  // The next one has others.
  if (rooms.includes(LOG)) forgetAccess(home);
};

/** Code and token of the room that was led last. */
const forgetAccess = (home: string): void => {
  for (const file of ['code.json', 'token']) rmSync(join(home, file), { force: true });
};

/** Logs of the rooms here: that of the one led last, and of those before it, the newest first. */
const roomsIn = (home: string): string[] =>
  readdirSync(home)
    .filter((file) => /^room(-\d+)?\.sqlite$/.test(file))
    .toSorted()
    .reverse();

/** A room's log, and what SQLite has beside it. */
const filesOf = (home: string, room: string): string[] =>
  readdirSync(home).filter((file) => file.startsWith(room));

/** A room with what SQLite has beside it, the code, the token, the lock. */
const OWN = /^(room(-\d{14,17})?\.sqlite(-\w+)?|code\.json|token|hub\.lock(-\w+)?)$/;

/** What the room of this folder is called; `undefined` where there is none. */
export const nameOfRoom = async (home: string): Promise<string | undefined> =>
  existsSync(logFile(home)) ? nameIn(logFile(home)) : undefined;

const nameIn = async (file: string): Promise<string | undefined> => {
  const log = openSqliteLog(file);
  let name: string | undefined;
  for await (const { event } of log.readFrom(1)) if (event.kind === 'opened') name = event.name;
  log.close();
  return name;
};
