import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const server = new URL('../../../server/', import.meta.url);

interface Imports {
  /** Of this repository, all of them. */
  readonly files: Set<string>;
  /** Of others, and Node's own. */
  readonly packages: Set<string>;
  /** Those that are loaded later, by a file of this repository. */
  readonly later: Set<string>;
}

/** All that is loaded with `entry`. Types are not. */
const importsOf = (entry: URL): Imports => {
  const found: Imports = { files: new Set(), packages: new Set(), later: new Set() };
  const visit = (file: URL): void => {
    const path = fileURLToPath(file);
    if (found.files.has(path)) return;
    found.files.add(path);
    const source = readFileSync(file, 'utf8');
    for (const [, name = ''] of source.matchAll(
      /^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]/gm,
    )) {
      if (name.startsWith('.')) visit(new URL(name, file));
      else found.packages.add(name);
    }
    // Whatever is in the parentheses: a name that is computed is none of the known ones.
    for (const [, name = ''] of source.matchAll(/\bimport\(([^)]*)\)/g)) found.later.add(name);
    expect(source).not.toMatch(/\b(require|createRequire|eval|getBuiltinModule|dlopen)\(/);
  };
  visit(entry);
  return found;
};

/** Folders and files of the server, without what says where they are. */
const partsOf = (files: Iterable<string>): string[] =>
  [...files].map((file) => file.slice(fileURLToPath(server).length));

/** Of the cluster, what differs between two looks at one: the mirror applies it. */
const FORBIDDEN = /^((lab|runs|lessons|kafka)\/|cluster\/(?!changes\.ts$))/;

it('a hub knows nothing that executes: no lab, no runs, no lessons, no processes', () => {
  const { files, packages, later } = importsOf(new URL('workshop/hub.ts', server));
  const parts = partsOf(files);
  expect(parts).toContain('workshop/room.ts');
  expect(parts.filter((file) => FORBIDDEN.test(file))).toEqual([]);
  // Nothing else of the server than this.
  expect(parts.filter((file) => !file.startsWith('workshop/')).toSorted(compare)).toEqual([
    'access.ts',
    'cluster/changes.ts',
    'elapsed.ts',
    'errors.ts',
    'lock.ts',
    'loopback.ts',
    'protocol.ts',
    'rate.ts',
    'static-site.ts',
    'upgrade.ts',
  ]);
  expect([...packages].toSorted(compare)).toEqual([
    '@hono/node-server',
    '@hono/node-server/serve-static',
    'hono',
    'node:crypto',
    'node:events',
    'node:fs',
    'node:fs/promises',
    'node:http',
    'node:https',
    'node:os',
    'node:path',
    'node:sqlite',
    'ws',
    'zod',
  ]);
  expect([...later]).toEqual([]);
});

it('its program loads one more thing, where the site is, before anybody can come in', () => {
  const { files, packages, later } = importsOf(new URL('workshop/index.ts', server));
  expect(partsOf(files).filter((file) => FORBIDDEN.test(file))).toEqual([]);
  expect([...packages].filter((name) => /child_process|worker|cluster|vm|net$/.test(name))).toEqual(
    [],
  );
  expect([...later]).toEqual(["'../site.ts'"]);
  const site = importsOf(new URL('site.ts', server));
  expect(partsOf(site.files).filter((file) => FORBIDDEN.test(file))).toEqual([]);
});

it('npm starts it without the right to start a process', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', server), 'utf8'));
  expect(scripts.workshop).toBe('node scripts/workshop.ts');
  const program = readFileSync(new URL('../scripts/workshop.ts', server), 'utf8');
  expect(program).toContain("'--permission'");
  expect(program).not.toMatch(/--allow-(child-process|worker|addons|wasi)/);
});

const compare = (left: string, right: string): number => (left < right ? -1 : 1);
