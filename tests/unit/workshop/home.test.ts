import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readToken } from '../../../server/access.ts';
import { openCodes } from '../../../server/workshop/codes.ts';
import { sayDeleted } from '../../../server/workshop/deleted.ts';
import {
  chooseRoom,
  deleteRooms,
  deleteRoomsNamed,
  logFile,
  logNamed,
  nameOfRoom,
  setAside,
  takeHub,
} from '../../../server/workshop/home.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';

const makeRoom = async (): Promise<string> => {
  const home = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  openCodes(home);
  readToken(home);
  const log = openSqliteLog(logFile(home));
  await log.append({ kind: 'opened', at: 1, name: '1반' });
  log.close();
  return home;
};

it('deletes what is a workshop’s, also of classes before, and nothing else', async () => {
  const home = await makeRoom();
  setAside(home);
  openSqliteLog(logFile(home)).close();
  writeFileSync(join(home, 'thesis.txt'), 'mine');
  expect(deleteRooms(home)).toEqual([{ name: '1반', people: 0 }]);
  expect(readdirSync(home)).toEqual(['thesis.txt']);
  // A folder that was mistyped has none.
  expect(deleteRooms(home)).toBeUndefined();
});

it('says which classes are gone, and of how many people; what cannot be read goes, too', async () => {
  const home = await makeRoom();
  const old = setAside(home);
  const log = openSqliteLog(logFile(home));
  await log.append({ kind: 'opened', at: 2, name: '2반' });
  for (const participant of ['a', 'b', 'c'])
    await log.append({ kind: 'joined', at: 3, participant, nickname: participant, lab: 'none' });
  await log.append({ kind: 'left', at: 4, participant: 'c' });
  log.close();
  // As before rooms had folders.
  writeFileSync(join(home, 'room-20260101000000.sqlite'), 'broken');
  const classes = deleteRooms(home);
  expect(classes).toEqual([
    { name: '2반', people: 2 },
    { name: '1반', people: 0 },
  ]);
  expect(existsSync(home)).toBe(false);
  expect(existsSync(String(old))).toBe(false);
  expect(sayDeleted(classes ?? [])).toBe(
    '수업 2개와 참가자 2명의 기록을 모두 지웠습니다.\n  ‘2반’ (2명)\n  ‘1반’ (0명)',
  );
});

it('knows what the class of a folder is called', async () => {
  const home = await makeRoom();
  expect(await nameOfRoom(home)).toBe('1반');
  setAside(home);
  expect(await nameOfRoom(home)).toBeUndefined();
});

it('leads a class again by its name, with all that it had, and no other', async () => {
  const home = await makeRoom();
  const access = (): unknown[] => [openCodes(home).current, readToken(home)];
  const before = access();
  setAside(home);
  const log = openSqliteLog(logFile(home));
  await log.append({ kind: 'opened', at: 2, name: '2반' });
  log.close();
  expect(access()).not.toEqual(before);
  expect(await chooseRoom(home, { name: '3반', anew: false })).toMatchObject({
    before: { name: '2반' },
    isBack: false,
  });
  expect(await nameOfRoom(home)).toBeUndefined();
  // Where the last one is gone, too.
  const again = { name: '1반', anew: false };
  expect(await chooseRoom(home, again)).toEqual({ before: undefined, isBack: true });
  expect(await nameOfRoom(home)).toBe('1반');
  // Whoever has its code, or is its presenter, still comes in.
  expect(access()).toEqual(before);
  expect(readdirSync(home).filter((file) => file.startsWith('room-'))).toHaveLength(1);
});

it('goes on with the last class under its name or none, and with none where a new one is wanted', async () => {
  const home = await makeRoom();
  const kept = { before: undefined, isBack: false };
  expect(await chooseRoom(home, { name: undefined, anew: false })).toEqual(kept);
  expect(await chooseRoom(home, { name: '1반', anew: false })).toEqual(kept);
  expect(await nameOfRoom(home)).toBe('1반');
  expect(await chooseRoom(home, { name: '1반', anew: true })).toMatchObject({
    before: { name: '1반', file: await logNamed(home, '1반') },
    isBack: false,
  });
  expect(await nameOfRoom(home)).toBeUndefined();
});

it('finds the newest class of a name, wherever it is', async () => {
  const home = await makeRoom();
  expect(await logNamed(home, '1반')).toBe(logFile(home));
  const aside = setAside(home);
  expect(await logNamed(home, '1반')).toBe(aside);
  await expect(logNamed(home, '2반')).rejects.toThrow('있는 수업: 1반');
});

it('leads the newest class of a name again', async () => {
  const home = await makeRoom();
  setAside(home);
  const log = openSqliteLog(logFile(home));
  await log.append({ kind: 'opened', at: 2, name: '1반' });
  log.close();
  const token = readToken(home);
  setAside(home);
  expect(await chooseRoom(home, { name: '1반', anew: false })).toMatchObject({ isBack: true });
  expect(readToken(home)).toBe(token);
});

it('deletes a class by its name, wherever it is, and leaves the others', async () => {
  const home = await makeRoom();
  setAside(home);
  openCodes(home);
  const log = openSqliteLog(logFile(home));
  await log.append({ kind: 'opened', at: 2, name: '2반' });
  log.close();
  await expect(deleteRoomsNamed(home, '3반')).rejects.toThrow('있는 수업: 2반, 1반');
  expect(await deleteRoomsNamed(home, '1반')).toEqual([{ name: '1반', people: 0 }]);
  expect(readdirSync(home).filter((file) => file.startsWith('room-'))).toEqual([]);
  expect(readdirSync(home)).toContain('code.json');
  expect(await nameOfRoom(home)).toBe('2반');
  await deleteRoomsNamed(home, '2반');
  expect(existsSync(home)).toBe(false);
});

it('deletes a class by its name while another is open, which is left as it is', async () => {
  const home = await makeRoom();
  setAside(home);
  const access = (): unknown[] => [openCodes(home).current, readToken(home)];
  const [before, hub, log] = [access(), takeHub(home), openSqliteLog(logFile(home))];
  await log.append({ kind: 'opened', at: 2, name: '2반' });
  expect(() => deleteRooms(home)).toThrow('이미 열려 있습니다');
  await expect(deleteRoomsNamed(home, '2반')).rejects.toThrow('이미 열려 있습니다');
  await deleteRoomsNamed(home, '1반');
  expect(readdirSync(home).filter((file) => file.startsWith('room-'))).toEqual([]);
  expect(access()).toEqual(before);
  expect(await log.append({ kind: 'opened', at: 3, name: '2반' })).toMatchObject({ seq: 2 });
  await expect(deleteRoomsNamed(home, '1반')).rejects.toThrow('있는 수업: 2반');
  log.close();
  hub.release();
  expect(await nameOfRoom(home)).toBe('2반');
});

it('makes no folder to look for what it is to delete', async () => {
  const home = join(await makeRoom(), 'mistyped');
  await expect(deleteRoomsNamed(home, '1반')).rejects.toThrow('남은 기록이 없습니다.');
  expect(existsSync(home)).toBe(false);
});
