import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Process, Stdio } from '../../../server/lab/lab.ts';
import { logs } from '../../../server/lab/local/logs.ts';
import { writeRecord } from '../../../server/lab/local/record.ts';
import { at } from '../../../server/lab/local/site.ts';
import { task } from '../../../server/lab/process.ts';
import { floodOf, hashOf, makeReader, makeStutter, steady } from '../../flood.ts';
import { capture } from '../../integration/capture.ts';
import { waitFor } from '../../wait.ts';
import { makeSite } from './folder.ts';

/** What `docker logs --tail` prints of a container that has printed `text` and ended. */
const printed = async (text: string, tail: number | undefined): Promise<string> => {
  const output = capture();
  expect(await print(text, tail, output.stdio).exited).toBe(0);
  return output.stdout();
};

const print = (text: string, tail: number | undefined, stdio: Stdio): Process => {
  const site = makeSite();
  mkdirSync(at(site, 'logs'));
  writeFileSync(at(site, 'logs', 'kafka1.log'), text);
  const exit = { code: 143, at: 2 };
  writeRecord(site, 'kafka1', { pid: 1, owner: 'cli', startedAt: 1, exit });
  return task((abort, gate) => logs(site, 'kafka1', { tail, follow: true }, stdio, abort, gate));
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

it('reads no further while nobody reads along, and loses nothing', async () => {
  const log = floodOf(50_000);
  const stutter = makeStutter(1, () => process);
  const reader = makeReader(undefined, stutter.onChunk);
  const process = print(log, undefined, reader.stdio);
  expect(await process.exited).toBe(0);
  expect(reader.hash()).toBe(hashOf(log));
  expect(stutter.pauses()).toBeGreaterThan(10);
  expect(stutter.excess()).toBeLessThanOrEqual(64 * 1024);
});

it('ends by an interrupt while nobody reads along', async () => {
  const reader = makeReader(undefined, () => process.pause());
  const process = print(floodOf(50_000), undefined, reader.stdio);
  await waitFor('its first piece', () => reader.received() > 0);
  const before = await steady('what has come', reader.received);
  expect(before).toBeLessThanOrEqual(64 * 1024);
  process.signal('interrupt');
  expect(await process.exited).toBe(130);
  expect(reader.received()).toBe(before);
});
