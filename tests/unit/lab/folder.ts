/** A folder of the test's own, and a site in it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PORTS, type Site } from '../../../server/lab/local/site.ts';

export const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const makeSite = (): Site => ({
  owner: 'cli',
  kafkaHome: undefined,
  ports: PORTS,
  root: makeFolder(),
});

/** An executable of that name; returns its path. */
export const makeScript = (folder: string, name: string, body: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
};
