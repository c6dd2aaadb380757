import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createJournal } from '../../../server/runs/journal.ts';
import { openStore, type Store } from '../../../server/runs/store.ts';
import { makeFolder } from '../lab/folder.ts';

/** A run that has ended, with an output of `bytes`. */
const record = (
  store: Store,
  step: string,
  startedAt: number,
  bytes = 10,
  lab: 'local' | 'docker' = 'local',
): string => {
  const run = crypto.randomUUID();
  const intent = { run, step, edition: 'e', startedAt, cols: 80, rows: 24, lab };
  const journal = createJournal(store.folderOf(run), intent, () => 0);
  journal.append(Buffer.alloc(bytes));
  journal.note({ event: 'end', at: 1, status: 'passed', exitCode: 0 });
  journal.close();
  return run;
};

it('keeps the three newest runs of each step, and finds them again in order', () => {
  const root = makeFolder();
  const store = openStore(root, 'local');
  const ids = [1, 2, 3, 4, 5].map((at) => {
    const id = record(store, 'topics/list', at);
    store.keep({ id, step: 'topics/list' });
    return id;
  });
  const other = record(store, 'environment/up', 0);
  store.keep({ id: other, step: 'environment/up' });
  expect(ids.map((id) => existsSync(store.folderOf(id)))).toEqual([false, false, true, true, true]);
  expect(openStore(root, 'local').past.map(({ id }) => id)).toEqual([other, ...ids.slice(2)]);
});

it('keeps 64 MiB of all steps together, the newest', () => {
  const root = makeFolder();
  const store = openStore(root, 'local');
  const ids = Array.from({ length: 36 }, (_, at) => record(store, `a/s${at}`, at, 2 * 1024 * 1024));
  for (const [at, id] of ids.entries()) store.keep({ id, step: `a/s${at}` });
  const left = ids.filter((id) => existsSync(store.folderOf(id)));
  expect(left).toEqual(ids.slice(-left.length));
  expect(left.length).toBeGreaterThan(28);
  expect(left.length).toBeLessThan(33);
});

it('removes what a crash has left before anything was written down', () => {
  const root = makeFolder();
  const torn = openStore(root, 'local').folderOf(crypto.randomUUID());
  mkdirSync(torn);
  expect(openStore(root, 'local').past).toEqual([]);
  expect(existsSync(torn)).toBe(false);
});

it('is a folder of its user alone, in which it touches nothing but runs', () => {
  const root = join(makeFolder(), 'runs');
  const strange = join(root, 'thesis');
  mkdirSync(strange, { recursive: true });
  openStore(root, 'local');
  expect(existsSync(strange)).toBe(true);
  rmSync(root, { recursive: true });
  openStore(root, 'local');
  expect(statSync(root).mode & 0o777).toBe(0o700);
});

it('keeps no more at its start than it does later', () => {
  const root = makeFolder();
  const store = openStore(root, 'local');
  const ids = [1, 2, 3, 4].map((at) => record(store, 'topics/list', at));
  expect(openStore(root, 'local').past.map(({ id }) => id)).toEqual(ids.slice(1));
  expect(ids.map((id) => existsSync(store.folderOf(id)))).toEqual([false, true, true, true]);
});

it('shows the runs of another lab where they have run', () => {
  const root = makeFolder();
  const store = openStore(root, 'local');
  const local = record(store, 'topics/list', 1);
  const docker = record(store, 'topics/list', 2, 10, 'docker');
  expect(openStore(root, 'local').past.map(({ id }) => id)).toEqual([local]);
  expect(openStore(root, 'docker').past.map(({ id }) => id)).toEqual([docker]);
});
