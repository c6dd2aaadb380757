/** The folder of a workshop: its room, its code, its presenter's token. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { type Lock, tryLock } from '../lock.ts';
import type { DeletedClass } from './deleted.ts';
import { entriesIn, openSqliteLog } from './sqlite-log.ts';
import { apply, emptyRoom } from './state.ts';

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
    '이 폴더의 수업이 이미 열려 있습니다. 그 창에서 Ctrl+C로 닫은 뒤 다시 실행해 주세요.',
  );
};

/** What a room is, in its folder: its log with what SQLite has beside it, its code, its presenter's token. */
const ROOM = /^(room\.sqlite(-\w+)?|code\.json|token)$/;

/** The folder of a room that was set aside: by when. */
const ASIDE = /^room-\d{14,17}$/;

const moveRoom = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const file of readdirSync(from).filter((name) => ROOM.test(name)))
    renameSync(join(from, file), join(to, file));
};

/** The next room is a new one, with a code and a token of its own. Where the last one's log is now. */
export const setAside = (home: string): string | undefined => {
  if (!existsSync(logFile(home))) {
    deleteRoom(home);
    return undefined;
  }
  const aside = join(home, `room-${new Date().toISOString().replace(/\D/g, '').slice(0, 17)}`);
  moveRoom(home, aside);
  return logFile(aside);
};

/**
 * That room again which was called so, the newest of them: whoever was in it comes back, and its code is
 * good for as long as it was. Whether there is one.
 */
const bringBack = async (home: string, name: string): Promise<boolean> => {
  for (const aside of asideIn(home)) {
    if ((await nameOfRoom(aside)) !== name) continue;
    moveRoom(aside, home);
    rmdirSync(aside);
    return true;
  }
  return false;
};

export interface Chosen {
  /** The room that was led last, and its log now, where it makes room for another. */
  readonly before: { readonly name: string; readonly file: string } | undefined;
  /** Whether one that was set aside goes on. */
  readonly isBack: boolean;
}

/**
 * The room to lead from now on: the last one, one of that name that was set aside, or a new one.
 *
 * @param name without one, it is the last one.
 * @param anew whatever there is, it is a new one.
 */
export const chooseRoom = async (
  home: string,
  { name, anew }: { readonly name: string | undefined; readonly anew: boolean },
): Promise<Chosen> => {
  const last = await nameOfRoom(home);
  if (!anew && (name === undefined || name === last)) return { before: undefined, isBack: false };
  const file = setAside(home);
  return {
    before: last !== undefined && file !== undefined ? { name: last, file } : undefined,
    isBack: !anew && name !== undefined && (await bringBack(home, name)),
  };
};

/** All rooms, and everything about the people who were in them. Which they were; `undefined` where there was none. */
export const deleteRooms = (home: string): readonly DeletedClass[] | undefined => {
  takeHub(home).release();
  // Nothing that is not its own: the folder may be somebody's.
  const own = readdirSync(home).filter((name) => OWN.test(name));
  const files = own.filter((name) => name.endsWith('.sqlite')).map((name) => join(home, name));
  const classes = [...files, ...asideIn(home).map(logFile)].flatMap(classIn);
  for (const name of own) rmSync(join(home, name), { recursive: true });
  if (readdirSync(home).length === 0) rmdirSync(home);
  // To look, it took the lock itself.
  return own.some((name) => !name.startsWith('hub.lock')) ? classes : undefined;
};

/** Whose log this is; nothing where it cannot be read, or nobody has led it: it is deleted all the same. */
const classIn = (file: string): readonly DeletedClass[] => {
  const room = emptyRoom();
  try {
    for (const { event } of entriesIn(file)) apply(room, event);
  } catch {
    return [];
  }
  return room.name === ''
    ? []
    : [{ name: room.name, people: Object.keys(room.participants).length }];
};

/** Folders of rooms, by what these are called; the newest first. */
const roomsIn = async (home: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rooms = new Map<string, string[]>();
  for (const folder of [home, ...asideIn(home)]) {
    const name = await nameOfRoom(folder);
    if (name !== undefined) rooms.set(name, [...(rooms.get(name) ?? []), folder]);
  }
  return rooms;
};

/** @throws LabError `usage` where none was called so: it names those that there are. */
const foldersOf = (rooms: ReadonlyMap<string, readonly string[]>, name: string) => {
  const [newest, ...older] = rooms.get(name) ?? [];
  if (newest !== undefined) return [newest, ...older] as const;
  const there =
    rooms.size === 0 ? '남은 기록이 없습니다.' : `있는 수업: ${[...rooms.keys()].join(', ')}`;
  throw new LabError('usage', `이름이 ‘${name}’인 수업의 기록이 없습니다. ${there}`);
};

/**
 * The log of the newest room that was called so, wherever it is.
 *
 * @throws LabError `usage` where none was.
 */
export const logNamed = async (home: string, name: string): Promise<string> =>
  logFile(foldersOf(await roomsIn(home), name)[0]);

/**
 * Rooms that were called so, and everything about the people who were in them; the others stay, also one that
 * is open. Which they were.
 *
 * @throws LabError `usage` where none was called so; `busy` where one is open.
 */
export const deleteRoomsNamed = async (
  home: string,
  name: string,
): Promise<readonly DeletedClass[]> => {
  const rooms = await roomsIn(home);
  const folders = foldersOf(rooms, name);
  // Those that were set aside no hub touches once it is open.
  if (folders.includes(home)) takeHub(home).release();
  const classes = folders.map(logFile).flatMap(classIn);
  if (rooms.size === 1) deleteRooms(home);
  else {
    for (const folder of folders) deleteRoom(folder);
    for (const aside of folders.filter((each) => each !== home)) rmdirSync(aside);
  }
  return classes;
};

const deleteRoom = (folder: string): void => {
  for (const file of readdirSync(folder).filter((name) => ROOM.test(name)))
    rmSync(join(folder, file));
};

/** Folders of the rooms before the last, the newest first. */
const asideIn = (home: string): string[] =>
  (existsSync(home) ? readdirSync(home) : [])
    .filter((name) => ASIDE.test(name))
    .toSorted()
    .reverse()
    .map((name) => join(home, name));

/** Rooms and the lock; before rooms had folders, each that was set aside was a file. */
const OWN = /^(room-\d{14,17}|room(-\d{14,17})?\.sqlite(-\w+)?|code\.json|token|hub\.lock(-\w+)?)$/;

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
