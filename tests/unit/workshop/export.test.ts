import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { exportRoom } from '../../../server/workshop/export.ts';
import { deleteRooms, setAside, takeHub } from '../../../server/workshop/home.ts';
import type { Command } from '../../../server/workshop/protocol.ts';
import { emptyRoom } from '../../../server/workshop/state.ts';
import { summaryPage } from '../../../server/workshop/summary.ts';
import { csvOf } from '../../../server/workshop/table.ts';
import { makeFolder } from '../lab/folder.ts';
import { move, openRoom, progress } from './room-under-test.ts';

/** A room in which something was done, closed again. */
const haveClass = async (home: string): Promise<void> => {
  const { room, present, join: enter } = await openRoom(home);
  const presenter = present();
  const people = [await enter('=HYPERLINK("x")'), await enter('<b>둘</b>')];
  const poll = randomUUID();
  const options = ['1', '2'].map((value) => ({ value, label: `<i>${value}` }));
  presenter.say(move('topics'));
  const commands: Command[] = [
    { kind: 'poll', poll, step: null, question: '<script>', options },
    { kind: 'poll-end', poll },
    { kind: 'poll-outcome', poll, value: '2', reason: '<i>멈췄습니다.' },
    { kind: 'poll', poll: randomUUID(), step: null, question: '다음?', options },
  ];
  for (const command of commands)
    presenter.say({ type: 'room.command', id: randomUUID(), command });
  for (let count = 0; count < 5; count += 1) await presenter.next('room.ack');
  const reports = [progress('topics/list', 'failed'), progress('failures/drill', 'passed')];
  for (const person of people) for (const report of reports) person.say(report);
  for (const person of people) for (const _ of reports) await person.next('room.ack');
  room.close();
};

it('a table that a spreadsheet runs nothing of, and a page of text, in the order of the book', async () => {
  const [home, folder] = [makeFolder(), makeFolder()];
  await haveClass(home);
  const book = join(folder, 'titles.json');
  const titles = {
    'failures/drill': '장애 › 훈련',
    'topics/list': '토픽 › 목록 <b>',
    'topics/other': '토픽 › 다른 것',
  };
  writeFileSync(book, JSON.stringify(titles));
  const { name, files } = await exportRoom(join(home, 'room.sqlite'), folder, book);
  expect(name).toBe('시험 수업');
  // As the log: it is about people.
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  const [csv = '', page = ''] = files.map((file) => readFileSync(file, 'utf8'));
  const [head, first, second] = csv.trim().split('\r\n');
  expect(head).toBe('\uFEFF"이름","실습 환경","들어온 때","장애 › 훈련","토픽 › 목록 <b>"'.trim());
  expect(first).toMatch(
    /^"'=HYPERLINK\(""x""\)","로컬","\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","성공","실패: 9092 포트가 이미 사용 중"$/,
  );
  expect(second).toMatch(/^"<b>둘<\/b>",/);
  const title = '토픽 › 목록 &#60;b&#62;';
  expect(page).toContain('<b>9092 포트가 이미 사용 중</b>');
  expect(page).toContain(`${title} (실패)`);
  expect(page).not.toContain('topics/list');
  expect(page).toContain('&#60;script&#62;');
  // What has happened is marked, where it is known.
  expect(page).toMatch(/<li class="real"><b>&#60;i&#62;2<\/b>.*<span>0명<\/span>/);
  expect(page).toContain('&#60;i&#62;멈췄습니다.</p>');
  expect(page.match(/class="real"/g)).toHaveLength(1);
  expect(page).toContain('자기 실습실로 참가한 2명 중 2명이 시작했고, 0명이');
  expect(page).not.toMatch(/<script|<b>둘|<i>|https?:/);
});

it.each(['=1', '+1', '-1', '@A1', '＝1', '＋1', '－1', '＠A1'])(
  'a table in which %s is no formula',
  (nickname) => {
    const person = {
      nickname,
      joinedAt: 0,
      lab: 'none',
      preflight: null,
      preflightAt: 0,
      hand: null,
      steps: {},
    } as const;
    const csv = csvOf({ ...emptyRoom(), participants: { a: person } }, [], String);
    expect(csv.split('\r\n')[1]).toMatch(`"'${nickname}",`);
  },
);

it('a page that counts nothing of who only read', () => {
  const person = (nickname: string, lab: 'none' | 'local') => ({
    nickname,
    joinedAt: 0,
    lab,
    preflight: null,
    preflightAt: 0,
    hand: null,
    steps: {},
  });
  const participants = { a: person('하나', 'none'), b: person('둘', 'local') };
  const page = summaryPage({ ...emptyRoom(), participants }, [], [], String);
  expect(page).toContain('<tr><td>하나</td><td>브라우저만</td><td>읽기만</td><td></td></tr>');
  expect(page).toContain('<tr><td>둘</td><td>로컬</td><td>0단계</td><td></td></tr>');
});

it('deleting leaves nothing, and waits for nobody who leads a class', async () => {
  const home = makeFolder();
  await haveClass(home);
  const lock = takeHub(home);
  expect(() => deleteRooms(home)).toThrow('이미 열려 있습니다');
  lock.release();
  expect(existsSync(join(home, 'room.sqlite'))).toBe(true);
  deleteRooms(home);
  expect(existsSync(home)).toBe(false);
});

it('a new room leaves the one before where it can be read', async () => {
  const home = makeFolder();
  await haveClass(home);
  writeFileSync(join(home, 'token'), 'x');
  const aside = setAside(home);
  expect(existsSync(join(home, 'token'))).toBe(false);
  const { room } = await openRoom(home);
  expect(room.state.participants).toEqual({});
  room.close();
  const { files } = await exportRoom(String(aside), makeFolder(), '');
  expect(readFileSync(String(files[0]), 'utf8')).toContain('둘');
});

it('a file that is no log is left as it is, and said to be none', async () => {
  const folder = makeFolder();
  const [text, empty, other] = ['text', 'empty', 'other'].map((name) => join(folder, name));
  writeFileSync(String(text), 'thesis');
  writeFileSync(String(empty), '');
  const database = new DatabaseSync(String(other));
  database.exec('CREATE TABLE mine (word TEXT)');
  database.close();
  const looks = () =>
    readdirSync(folder).map((name) => {
      const file = join(folder, name);
      return [name, statSync(file).mode & 0o777, readFileSync(file).toString('base64')];
    });
  for (const file of [text, empty, other]) chmodSync(String(file), 0o644);
  const before = looks();
  for (const file of [text, empty, other, folder])
    await expect(exportRoom(String(file), makeFolder(), '')).rejects.toThrow(
      `수업 기록이 아닙니다: ${file}`,
    );
  expect(looks()).toEqual(before);
});

it('is of all that there is by then, also while the class is led', async () => {
  const home = makeFolder();
  const { room, join: enter } = await openRoom(home);
  await enter('하나');
  const { files } = await exportRoom(join(home, 'room.sqlite'), makeFolder(), '');
  expect(readFileSync(String(files[0]), 'utf8')).toContain('하나');
  await enter('둘');
  expect(Object.keys(room.state.participants)).toHaveLength(2);
  room.close();
  await exportRoom(join(home, 'room.sqlite'), makeFolder(), '');
  expect(readdirSync(home)).toEqual(['room.sqlite']);
});
