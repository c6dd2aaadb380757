import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { logs } from '../../../server/lab/local/logs.ts';
import { writeRecord } from '../../../server/lab/local/record.ts';
import { at } from '../../../server/lab/local/site.ts';
import { capture } from '../../integration/capture.ts';
import { makeSite } from './folder.ts';

/** What `docker logs --tail` prints of a container that has printed `text` and ended. */
const printed = async (text: string, tail: number | undefined): Promise<string> => {
  const site = makeSite();
  mkdirSync(at(site, 'logs'));
  writeFileSync(at(site, 'logs', 'kafka1.log'), text);
  const exit = { code: 143, at: 2 };
  writeRecord(site, 'kafka1', { pid: 1, owner: 'cli', startedAt: 1, exit });
  const output = capture();
  const { signal } = new AbortController();
  expect(await logs(site, 'kafka1', { tail, follow: true }, output.stdio, signal)).toBe(0);
  return output.stdout();
};

const many = Array.from({ length: 50_000 }, (_, line) => `${line} 카프카\n`);

it.each([
  { text: 'a\nb\nc\n', tail: 2, expected: 'b\nc\n' },
  { text: 'a\nb\nc', tail: 2, expected: 'b\nc' },
  { text: 'a\n\n\n', tail: 2, expected: '\n\n' },
  { text: 'a\nb\n', tail: 9, expected: 'a\nb\n' },
  { text: 'a\nb\n', tail: 0, expected: '' },
  { text: 'a\nb\n', tail: undefined, expected: 'a\nb\n' },
  { text: '\n', tail: 1, expected: '\n' },
  { text: '', tail: 5, expected: '' },
])('gives $expected as the last $tail lines of $text', async ({ text, tail, expected }) => {
  expect(await printed(text, tail)).toBe(expected);
});

it('finds them in a log of many blocks', async () => {
  expect(await printed(many.join(''), 20_000)).toBe(many.slice(30_000).join(''));
  expect(await printed(many.join(''), undefined)).toBe(many.join(''));
});
