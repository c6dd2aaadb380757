/** Whether a port is free, and who has it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export interface Taken {
  readonly port: number;
  /** `java (pid 123)`; `undefined` where it cannot be known, as with another user's process. */
  readonly holder: string | undefined;
}

export const takenPorts = async (ports: readonly number[]): Promise<readonly Taken[]> => {
  const taken = await Promise.all(ports.map(isTaken));
  return Promise.all(
    ports
      .filter((_, index) => taken[index])
      .map(async (port) => ({ port, holder: await holderOf(port) })),
  );
};

/** macOS lets 127.0.0.1 be bound beside a listener on all addresses: hence both ways. */
const isTaken = async (port: number): Promise<boolean> =>
  (await answers(port)) || !(await binds(port));

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const binds = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });

const holderOf = (port: number): Promise<string | undefined> =>
  (existsSync('/proc/net/tcp') ? fromProc(port) : fromLsof(port)).catch(() => undefined);

const LISTEN = '0A';

const fromProc = async (port: number): Promise<string | undefined> => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const inodes = tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTEN && local?.endsWith(`:${hex}`))
    .map((row) => `socket:[${row[9]}]`);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holds(pid, inodes)) {
      // Node calls its main thread "MainThread"; the program's name says more.
      const program = await readlink(`/proc/${pid}/exe`).then(
        (path) => basename(path),
        () => readFile(`/proc/${pid}/comm`, 'utf8'),
      );
      return `${program.trim()} (pid ${pid})`;
    }
  }
  return undefined;
};

const holds = async (pid: string, sockets: readonly string[]): Promise<boolean> => {
  // Another user's process does not show its files.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(
    files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')),
  );
  return links.some((link) => sockets.includes(link));
};

const run = promisify(execFile);

/** `-F pc` prints `p123` and `cjava`, one a line. */
const fromLsof = async (port: number): Promise<string | undefined> => {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pc']);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const command = /^c(.+)$/m.exec(stdout)?.[1];
  return pid === undefined || command === undefined ? undefined : `${command} (pid ${pid})`;
};
