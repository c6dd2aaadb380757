import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './lab/folder.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('each command of the README installs what it needs by itself', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read('README.md').matchAll(/npm (?:run (?:-s )?)?(\w[\w:]*)/g)].flatMap(
    ([, name = '']) => (name in scripts ? [name] : []),
  );
  expect(new Set(named).size).toBeGreaterThan(5);
  for (const name of named) expect(scripts[`pre${name}`]).toMatch(/^node scripts\/install\.mjs/);
});

it('nothing is installed anew that is there, whenever it came: npm would begin by removing all', () => {
  const home = makeFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const lock = (version: string): string =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { optional: true } },
    });
  cpSync(new URL('../../scripts/install.mjs', import.meta.url), join(home, 'scripts/install.mjs'));
  write('package.json', JSON.stringify({ dependencies: { a: '1' }, devDependencies: {} }));
  write('package-lock.json', lock('1.0.0'));
  write('node_modules/.package-lock.json', lock('1.0.0'));
  write('node_modules/a/package.json', '{}');
  write('bin/npm', '#!/bin/sh\nexit 7\n');
  chmodSync(join(home, 'bin/npm'), 0o755);
  const status = (): number | null =>
    spawnSync(process.execPath, [join(home, 'scripts/install.mjs')], {
      env: { ...process.env, PATH: `${join(home, 'bin')}:${process.env.PATH}` },
    }).status;
  // As a checkout does.
  const later = Date.now() / 1_000 + 60;
  utimesSync(join(home, 'package-lock.json'), later, later);
  expect(status()).toBe(0);
  write('package-lock.json', lock('1.0.1'));
  expect(status()).toBe(1);
  write('package-lock.json', lock('1.0.0'));
  rmSync(join(home, 'node_modules/a'), { recursive: true });
  expect(status()).toBe(1);
});
