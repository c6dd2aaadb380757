/** The sidecar as a whole: one HTTP server for site, API and socket, in front of one lab. */
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createAccess } from './access.ts';
import { createApp } from './app.ts';
import { createHistory } from './cluster/history.ts';
import { createWatcher } from './cluster/watcher.ts';
import { LabError } from './errors.ts';
import type { Lab } from './lab/lab.ts';
import { takenPorts } from './lab/ports.ts';
import type { Lessons } from './lessons/read.ts';
import type { Diagnosis } from './protocol.ts';
import { createLabReset } from './runs/lab-reset.ts';
import { endLeftovers } from './runs/leftovers.ts';
import { createRuns } from './runs/runs.ts';
import { attachSocket } from './socket.ts';

/** Milliseconds that a drill has for putting its brokers back, when the sidecar stops: it waits a minute. */
const PATIENCE = 75_000;

/** Milliseconds that the rest has to be terminated, and then killed: an engine may answer nothing any more. */
const FAREWELL = 20_000;

/** What one visitor may take of the server's time and connections. */
export interface Limits {
  /** Milliseconds for the head of a request. */
  readonly headersTimeout: number;
  /** Milliseconds for a whole request. */
  readonly requestTimeout: number;
  /** Milliseconds for which a connection may stand still: an answer that nobody reads. Not a WebSocket's. */
  readonly timeout: number;
  /** Milliseconds between two looks at the clock for the first two. */
  readonly connectionsCheckingInterval: number;
  /** A browser opens at most 255 sockets and six other connections to one site. */
  readonly maxConnections: number;
}

export const LIMITS: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  timeout: 60_000,
  connectionsCheckingInterval: 1_000,
  maxConnections: 1_000,
};

export interface Sidecar {
  /** What the reader opens; it carries the token. */
  readonly address: string;
  /** Ends runs, then the lab, then connections. The second call waits for the first. */
  close(): Promise<void>;
}

export interface SidecarOptions {
  readonly port: number;
  readonly token: string;
  /** The `.lab` folder: runs are kept there. */
  readonly home: string;
  readonly lab: Lab;
  readonly lessons: Lessons;
  readonly site: string;
  readonly policy: string;
  /** What this machine lacks for the lab; nothing, where nobody says. */
  readonly missing?: () => Promise<string | null>;
  readonly diagnose?: () => Promise<Diagnosis>;
  readonly alsoPorts?: readonly number[];
  readonly limits?: Limits;
}

/** @throws LabError `unavailable` when the port is taken. */
export const startSidecar = async (options: SidecarOptions): Promise<Sidecar> => {
  const { port, token, home, lab, lessons, alsoPorts = [], limits = LIMITS } = options;
  // One that cannot be reached has nothing to reap; each step says what is missing.
  await lab.reap().catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
  });
  await endLeftovers(home);
  const access = createAccess({ token, port, alsoPorts });
  const watcher = createWatcher(lab);
  const runs = createRuns(lessons, lab, watcher, home);
  const history = createHistory(watcher, runs);
  const reset = createLabReset(runs, lab, history, home);
  reset.subscribe(watcher.expectChange);
  runs.subscribe(({ ended }) => {
    watcher.expectChange();
    void ended.then(watcher.expectChange);
  });
  const app = createApp({ ...options, access });
  const serve = getRequestListener(app.fetch);
  const server = createServer(limits, serve);
  // Left to Node, these would have an answer before anybody has decided.
  server.on('checkExpectation', serve).on('checkContinue', serve);
  server.maxConnections = limits.maxConnections;
  server.timeout = limits.timeout;
  const sockets = attachSocket(server, access, runs, watcher, history, reset);
  await listen(server, port);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // What runs, then what it ran on; from here on no click begins anything. Pages are answered until
    // then: one that is not believes the sidecar gone, and would not see how its run ends.
    await runs.close(PATIENCE, FAREWELL);
    await lab.close();
    server.close();
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  };
  return {
    address: access.address,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') reject(notAllowed(port));
      else if (error.code !== 'EADDRINUSE') reject(error);
      else void takenPorts([port]).then(([taken]) => reject(refusal(port, taken?.holder)), reject);
    });
    server.listen(port, '127.0.0.1', resolve);
  });

const notAllowed = (port: number): LabError =>
  new LabError(
    'unavailable',
    `${port} 포트를 열 권한이 없습니다. PORT=4400 npm start처럼 1024보다 큰 포트를 정해 주세요.`,
  );

const refusal = (port: number, holder: string | undefined): LabError =>
  new LabError(
    'unavailable',
    `${port} 포트를 다른 프로그램${holder === undefined ? '' : `(${holder})`}이 쓰고 있습니다. 그 프로그램을 끝내거나 PORT=${port + 10} npm start처럼 다른 포트를 정해 주세요.`,
  );
