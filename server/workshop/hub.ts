/**
 * The hub of a workshop: the lessons to read, and a room to be in. It runs nothing: neither it nor what
 * it imports knows how (`tests/unit/workshop/imports.test.ts`).
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join, posix } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { LabError } from '../errors.ts';
import { isLoopbackName } from '../loopback.ts';
import { addSite, type Env, guard, openSession, secureHeaders } from '../static-site.ts';
import { type Codes, spell } from './codes.ts';
import { limitConnections } from './connections.ts';
import { createDoor, createNames, type Door } from './door.ts';
import { logFile } from './home.ts';
import { addressesOf, type Reach } from './join.ts';
import { createMirror } from './mirror.ts';
import { refusePipelines } from './pipelines.ts';
import type { Join } from './presenter.ts';
import { createRoom, type Room } from './room.ts';
import { attachSockets } from './sockets.ts';
import { openSqliteLog } from './sqlite-log.ts';
import { readTitles } from './titles.ts';

/** As the sidecar's, for a class that sits behind one address. */
export const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  timeout: 60_000,
  connectionsCheckingInterval: 1_000,
};

/** Of an address: a socket each, and connections for the pages that load, of all in a class behind one. */
const CONNECTIONS = { address: 6_000, all: 9_000, reserve: 500 };

export interface HubOptions {
  /** The participants' port. */
  readonly port: number;
  /** The presenter's, on loopback. */
  readonly presenterPort: number;
  /** Whether other machines get to the participants' port. */
  readonly lan: boolean;
  /** Further names of this machine. */
  readonly hosts?: readonly string[];
  /** PEM. With it the participants' port is https, and presenters may come in there, too. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Without one, it is called as before. */
  readonly name: string | undefined;
  /** The presenter's token. */
  readonly token: string;
  readonly codes: Codes;
  /** The room's folder. */
  readonly home: string;
  /** The folder of the built site. */
  readonly site: string;
  /** The `Content-Security-Policy` of every answer. */
  readonly policy: string;
  /** The command that opens this room once it was closed. */
  readonly again: string;
  /** Participants come in by another code from now on. */
  readonly handleRenewed?: (join: Join) => void;
  readonly limits?: typeof LIMITS;
}

export interface Hub {
  /** What the presenter opens; it carries the token. */
  readonly address: string;
  readonly join: Join;
  readonly room: Room;
  close(): Promise<void>;
}

/** @throws LabError `unavailable` when a port is taken. */
export const startHub = async (options: HubOptions): Promise<Hub> => {
  const { port, presenterPort, lan, hosts = [], tls, name, token, codes, home, site } = options;
  const { limits = LIMITS } = options;
  const scheme = tls === undefined ? 'http' : 'https';
  const reach: Reach = { scheme, port, loopback: !lan, hosts };
  const joining = (): Join => {
    const { current, shut } = codes;
    const addresses = addressesOf(reach);
    const link = `${addresses[0]}/workshop/?code=${current.linked}`;
    return { addresses, code: spell(current), link, expiresAt: current.expiresAt, shut };
  };
  const titles = await readTitles(join(site, 'titles.json'));
  const room = await createRoom({
    log: openSqliteLog(logFile(home)),
    name,
    codes,
    mirror: createMirror(),
    steps: new Set(titles.keys()),
    join: joining,
    handleRenewed: () => options.handleRenewed?.(joining()),
  });

  const ownDoor = createDoor({
    isName: isLoopbackName,
    port: presenterPort,
    scheme: 'http',
    token,
  });
  const commonDoor = createDoor({
    isName: createNames(hosts),
    port,
    scheme,
    token: tls === undefined ? undefined : token,
  });
  const serve = (door: Door, secure: HubOptions['tls']) => {
    const listener = refusePipelines(getRequestListener(createApp(door, room, options).fetch));
    const server =
      secure === undefined
        ? createServer(limits, listener)
        : createTlsServer({ ...limits, ...secure }, listener);
    // Left to Node, these would have an answer before anybody has decided.
    server.on('checkExpectation', listener).on('checkContinue', listener);
    server.timeout = limits.timeout;
    limitConnections(server, CONNECTIONS);
    return { server, end: attachSockets(server, door, room) };
  };
  const [common, own] = [serve(commonDoor, tls), serve(ownDoor, undefined)];
  /** @param isOpen whether anybody could come in: one that never opened closes no class. */
  const end = async (isOpen: boolean): Promise<void> => {
    // Nobody comes in any more.
    for (const { server } of [common, own]) server.close();
    if (isOpen) room.sayClosed(options.again);
    await Promise.all([common.end(), own.end()]);
    for (const { server } of [common, own]) server.closeAllConnections();
    room.close();
  };
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ended ??= end(true);
    return ended;
  };
  try {
    await listen(common.server, port, lan ? '0.0.0.0' : '127.0.0.1');
    await listen(own.server, presenterPort, '127.0.0.1');
  } catch (error) {
    await end(false);
    throw error;
  }
  return {
    address: `http://127.0.0.1:${presenterPort}/workshop/class/?token=${token}`,
    get join() {
      return joining();
    },
    room,
    close,
  };
};

const createApp = (door: Door, room: Room, { site, policy }: HubOptions): Hono<Env> => {
  const app = new Hono<Env>();
  app.use(withoutVainPolicy, secureHeaders(policy), guard(door), openSession(door));
  app.get('/api/hub', (context) => {
    const presenter = door.isPresenter(context.env.incoming as IncomingMessage);
    return context.json({ name: room.state.name, presenter });
  });
  if (!door.presents) app.use(withoutPresenters);
  // No lab is here: pages play recordings.
  app.get('/api/health', (context) => context.json(null));
  addSite(app, site);
  return app;
};

/** Whose pages work on the presenter's port only: elsewhere they are not. */
const PRESENTERS = /^\/workshop\/(class|projector)(\/|$)/i;

const withoutPresenters: MiddlewareHandler<Env> = async function withoutPresenters(context, next) {
  // As the file is looked for, on whatever disk.
  return PRESENTERS.test(posix.normalize(context.req.path)) ? context.notFound() : next();
};

/** On a network's address over http, browsers ignore this policy, and complain on each page. */
const withoutVainPolicy: MiddlewareHandler<Env> = async function withoutVainPolicy(context, next) {
  await next();
  const at = URL.parse(context.req.url);
  if (at?.protocol !== 'https:' && !isLoopbackName(at?.hostname))
    context.header('Cross-Origin-Opener-Policy', undefined);
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = PROBLEMS[error.code ?? ''];
      reject(problem === undefined ? error : new LabError('unavailable', problem(port)));
    });
    server.listen(port, host, resolve);
  });

const PROBLEMS: Readonly<Record<string, (port: number) => string>> = {
  EACCES: (port) => `${port} 포트를 열 권한이 없습니다. --port로 1024보다 큰 포트를 정해 주세요.`,
  EADDRINUSE: (port) =>
    `${port} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 --port ${port + 10}처럼 다른 포트를 정해 주세요.`,
};
