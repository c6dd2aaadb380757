import { expect, it } from 'vitest';
import { readTask } from '../../../server/workshop/options.ts';

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
