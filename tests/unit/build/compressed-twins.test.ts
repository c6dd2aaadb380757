import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { writeTwins } from '../../../src/build/compressed-twins.ts';
import { makeFolder } from '../lab/folder.ts';

it('has a twin beside each text that is worth one, and beside nothing else', async () => {
  const site = makeFolder();
  mkdirSync(join(site, 'topics'));
  const long = '토픽 '.repeat(1_000);
  const texts = ['a.js', join('topics', 'index.html'), 'x.cast'];
  for (const file of [...texts, 'a.woff2']) writeFileSync(join(site, file), long);
  writeFileSync(join(site, 'short.js'), 'x');
  await writeTwins(site);
  const files = readdirSync(site, { recursive: true }).map(String);
  expect(new Set(files.filter((file) => file.endsWith('.gz')))).toEqual(
    new Set(texts.map((file) => `${file}.gz`)),
  );
  for (const file of texts) {
    expect(gunzipSync(readFileSync(join(site, `${file}.gz`))).toString()).toBe(long);
  }
});
