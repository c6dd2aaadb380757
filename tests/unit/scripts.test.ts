import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

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
