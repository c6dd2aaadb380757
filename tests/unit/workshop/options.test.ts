import { expect, it } from 'vitest';
import { againWith, readTask } from '../../../server/workshop/options.ts';

it.each([
  ['class.example', 'class.example'],
  ['http://class.example:4330/', 'class.example'],
  ['https://192.168.0.7:4330/workshop/', '192.168.0.7'],
  ['class.example:9999', 'class.example'],
  ['::1', '[::1]'],
  ['[2001:db8::7]', '[2001:db8::7]'],
])('takes %s for the name of this machine', (text, name) => {
  expect(readTask(['--host', text])).toMatchObject({ hosts: [name] });
});

it.each(['bad host', '', 'http://'])('says what is wrong with --host "%s"', (text) => {
  expect(() => readTask(['--host', text])).toThrow(/^--host에는/);
});

it.each(['--hours', '--name', '--host', '--tls-key'])('says that %s lacks its value', (option) => {
  const lacks = new RegExp(`^${option} 뒤에 적을 값이 빠졌습니다`);
  expect(() => readTask([option])).toThrow(lacks);
  expect(() => readTask(['--port', '4330', option, '--lan'])).toThrow(lacks);
});

it('says of an option that there is none of that name', () => {
  expect(() => readTask(['--name', '1반', '--wifi'])).toThrow(
    /^옵션을 이해할 수 없습니다: .*--wifi/,
  );
});

it('says that an export goes into a folder', () => {
  expect(() => readTask(['export'])).toThrow(/^export 뒤에 결과를 저장할 폴더를/);
});

it('exports the last class, one by its name, or a log, and takes nothing for nothing', () => {
  expect(readTask(['export', 'x'])).toMatchObject({ name: undefined, file: undefined });
  expect(readTask(['export', 'x', '--name', '1반'])).toMatchObject({ name: '1반' });
  expect(() => readTask(['export', 'x', 'room.sqlite', '--name', '1반'])).toThrow(/하나만/);
  expect(() => readTask(['export', 'x', '--lan'])).toThrow(
    /^export에는 쓸 수 없는 옵션입니다: --lan/,
  );
  expect(() => readTask(['delete', '--new'])).toThrow(/^delete에는 쓸 수 없는 옵션입니다: --new/);
});

it.each(['-h', '--help', 'help'])('explains itself at %s', (word) => {
  expect(readTask([word])).toEqual({ task: 'help' });
});

it('deletes everything, or one class, and never everything for a name that is empty', () => {
  expect(readTask(['delete'])).toMatchObject({ task: 'delete', name: undefined });
  expect(readTask(['delete', '--name', '1반'])).toMatchObject({ task: 'delete', name: '1반' });
  expect(() => readTask(['delete', '--name', ' '])).toThrow(/^--name 뒤에/);
});

it('names the command that goes on with a class, as a shell takes it', () => {
  expect(againWith([])).toBe('npm run workshop');
  expect(againWith(['--new'])).toBe('npm run workshop');
  expect(againWith(['--lan', '--new', '--name', "민수's 반", '--host', 'class.example'])).toBe(
    "npm run workshop -- --lan --name '민수'\\''s 반' --host class.example",
  );
});
