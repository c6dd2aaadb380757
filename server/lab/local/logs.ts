/** `docker logs`: what a container printed, from its log file. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import { type Gate, piecesOf } from '../gate.ts';
import { isAbsent } from '../korean.ts';
import type { Container, LogsOptions, Stdio } from '../lab.ts';
import { observeOne } from './containers.ts';
import { at, type Site } from './site.ts';

const POLL_MS = 200;

export const logs = async (
  site: Site,
  name: Container,
  { tail, follow }: LogsOptions,
  stdio: Stdio,
  abort: AbortSignal,
  gate: Gate,
): Promise<number> => {
  const container = await observeOne(site, name);
  if (container.state === 'absent') {
    throw new LabError('cluster-down', isAbsent(name));
  }
  const path = at(site, 'logs', `${name}.log`);
  let position = tail === undefined ? 0 : await startOfTail(path, tail);
  for (;;) {
    // Looked at before reading: what it printed last is read before following ends.
    const { state, record } = await observeOne(site, name);
    position = await copy(path, position, stdio, abort, gate);
    const ended = state !== 'running' && state !== 'paused';
    if (!follow || ended || record?.pid !== container.record?.pid) return 0;
    await setTimeout(POLL_MS, undefined, { signal: abort });
  }
};

/** The last lines, for a message. */
export const lastLines = async (
  site: Site,
  name: Container,
  count: number,
): Promise<Uint8Array> => {
  const path = at(site, 'logs', `${name}.log`);
  const chunks: Uint8Array[] = [];
  const collect: Stdio = {
    stdout: (bytes) => chunks.push(bytes),
    stderr: () => {},
    size: undefined,
  };
  const { signal } = new AbortController();
  await copy(path, await startOfTail(path, count), collect, signal);
  return Buffer.concat(chunks);
};

/** Copies from `position` to the end, a piece at a time; returns where it ended. */
const copy = async (
  path: string,
  position: number,
  stdio: Stdio,
  abort: AbortSignal,
  gate?: Gate,
): Promise<number> => {
  if ((await sizeOf(path)) <= position) return position;
  let end = position;
  for await (const chunk of createReadStream(path, { start: position, signal: abort })) {
    if (!(chunk instanceof Uint8Array)) continue;
    for (const piece of piecesOf(chunk)) {
      await gate?.open();
      stdio.stdout(piece);
      end += piece.length;
    }
  }
  return end;
};

const BLOCK = 64 * 1024;
const NEWLINE = 0x0a;

/** Where the last `count` lines begin, read backwards in blocks: a log may be large. */
const startOfTail = async (path: string, count: number): Promise<number> => {
  const size = await sizeOf(path);
  if (count === 0 || size === 0) return size;
  const file = await open(path);
  try {
    return await searchBack(file, size, count);
  } finally {
    await file.close();
  }
};

const searchBack = async (file: FileHandle, size: number, count: number): Promise<number> => {
  const block = Buffer.alloc(BLOCK);
  let left = count;
  // The newline at the very end closes the last line; it does not begin another.
  for (let end = size - 1; end > 0; ) {
    const start = Math.max(0, end - BLOCK);
    await file.read(block, 0, end - start, start);
    for (let index = end - start - 1; index >= 0; index -= 1) {
      if (block[index] !== NEWLINE) continue;
      left -= 1;
      if (left === 0) return start + index + 1;
    }
    end = start;
  }
  return 0;
};

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
