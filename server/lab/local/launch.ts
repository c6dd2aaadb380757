/** Starting the process of a container. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { LabError } from '../../errors.ts';
import type { Container, Owner } from '../lab.ts';
import { archivePath, makeArchive, useArchive } from './archives.ts';
import { type Exit, watchExit } from './exits.ts';
import { jvmEnvironment, jvmFlags } from './jvm.ts';
import { withLock } from './lock.ts';
import { marker } from './processes.ts';
import { type ContainerRecord, readRecord, writeRecord } from './record.ts';
import type { Runtime } from './runtime.ts';
import { at, type Site } from './site.ts';

export interface LaunchOptions {
  /** Whoever made the container, which need not be who starts it now. */
  readonly owner: Owner;
  /** A new container begins a new log. */
  readonly fresh: boolean;
}

/**
 * Starts it in a session of its own, so that it survives this process and its terminal, and leaves
 * its record. The caller holds the lock.
 */
export const launch = (
  site: Site,
  runtime: Runtime,
  name: Container,
  { owner, fresh }: LaunchOptions,
): ContainerRecord => {
  const kind = name === 'zookeeper' ? 'zookeeper' : 'broker';
  // One broker makes the archive for all three.
  const path = archivePath(site, runtime, kind);
  const makes = name !== 'kafka2' && name !== 'kafka3' && !existsSync(path);
  mkdirSync(at(site, 'logs'), { recursive: true });
  mkdirSync(at(site, 'data'), { recursive: true });
  const log = openSync(at(site, 'logs', `${name}.log`), fresh ? 'w' : 'a');
  const child = spawn(
    runtime.java,
    argumentsOf(site, name, kind, makes ? makeArchive(path) : useArchive(path)),
    {
      cwd: site.root,
      env: jvmEnvironment(runtime),
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  // What is wrong with the file shows in `pid` already; unheard, the event would end this process.
  child.once('error', () => {});
  if (child.pid === undefined) {
    throw new LabError(
      'unavailable',
      `${runtime.java} 을(를) 실행할 수 없습니다. Java가 그대로 설치되어 있는지 확인하고 다시 시도하세요.`,
    );
  }
  const record: ContainerRecord = {
    pid: child.pid,
    owner,
    startedAt: Date.now(),
    ...(makes && { archive: path }),
  };
  writeRecord(site, name, record);
  watchExit(child, record, (exit) => void remember(site, name, record, exit));
  child.unref();
  return record;
};

/**
 * Small heaps that grow where they must: Java begins with a 64th of the machine's memory, and a
 * young broker would fill it. Measured: the four JVMs take 405 MB, 480 MB without the lower bound.
 */
const HEAP = {
  zookeeper: ['-Xms16m', '-Xmx128m'],
  broker: ['-Xms32m', '-Xmx192m'],
} as const;

const argumentsOf = (
  site: Site,
  name: Container,
  kind: keyof typeof HEAP,
  archive: readonly string[],
): string[] => [
  ...HEAP[kind],
  ...jvmFlags(site, 'log4j.properties'),
  ...archive,
  marker(site, 'container', name),
  kind === 'zookeeper' ? 'org.apache.zookeeper.server.quorum.QuorumPeerMain' : 'kafka.Kafka',
  at(site, 'config', `${name}.properties`),
];

/** It ended by itself: its exit code is kept for whoever asks later. */
const remember = async (
  site: Site,
  name: Container,
  started: ContainerRecord,
  exit: Exit,
): Promise<void> => {
  if (readRecord(site, name) === undefined) return;
  // Under the lock: an operation that ends it writes its record, or removes it, by itself.
  await withLock(site, {}, async () => {
    const now = readRecord(site, name);
    if (now?.pid !== started.pid || now.startedAt !== started.startedAt) return;
    if (now.exit === undefined) writeRecord(site, name, { ...now, exit });
  }).catch(() => {
    // The folder is gone, and the container with it.
  });
};
