/**
 * `/api/room`: from a page to the hub of its workshop, and back. The page's browser would not let it
 * connect elsewhere; the sidecar does, to the one path that a hub has, and understands nothing of what
 * passes.
 */
import { type RawData, WebSocket } from 'ws';
import { BACKLOG } from './rate.ts';
import { refusalOf, relay as strings } from './relay-words.ts';
import { type RelayFailed, RelayOpen } from './workshop/protocol.ts';

const LIMITS = {
  /** Bytes: the largest is a piece of a presenter's snapshot, fifty people with all their steps. */
  maxPayload: 16 * 1024 * 1024,
  maxFragments: 1_024,
  maxBufferedChunks: 4_096,
  /** Milliseconds for one who answers nothing. */
  handshakeTimeout: 5_000,
  closeTimeout: 1_000,
};

/** Milliseconds in which a page says where the hub is. */
const OPENING = 5_000;

/** Milliseconds between two looks at whether the hub lives: a network that is gone says nothing. */
const HEARTBEAT = 10_000;

/** "Going away" and "try again later": a page comes back after either. */
const [GONE, LATER] = [1001, 1013];

export interface RelayTimes {
  readonly opening: number;
  readonly heartbeat: number;
}

type Fail = (message: string, why?: RelayFailed['why']) => void;

/** Serves one page: its first frame says where to, all others go there. Ends with either side. */
export const relay = (
  page: WebSocket,
  { opening, heartbeat }: RelayTimes = { opening: OPENING, heartbeat: HEARTBEAT },
): void => {
  let hangUp = (): void => {};
  const fail: Fail = (message, why) => {
    if (page.readyState !== page.OPEN) return;
    page.resume();
    page.send(JSON.stringify({ type: 'relay.failed', message, why } satisfies RelayFailed));
    page.close(LATER);
  };
  const late = setTimeout(() => fail(strings.noAddress), opening);
  page.on('error', () => {});
  page.on('close', () => {
    clearTimeout(late);
    hangUp();
  });
  page.once('message', (data, isBinary) => {
    clearTimeout(late);
    const open = isBinary ? undefined : parse(data);
    if (open === undefined) fail(strings.noAddress);
    else if (open.token !== undefined && !isPrivate(open.hub)) fail(strings.readable);
    else hangUp = connect(page, open, heartbeat, fail);
  });
};

/** @returns how to hang up. */
const connect = (
  page: WebSocket,
  { hub: address, token }: RelayOpen,
  heartbeat: number,
  fail: Fail,
): (() => void) => {
  let hub: WebSocket;
  /** What the page says before the hub is there. */
  const early: { readonly data: RawData; readonly isBinary: boolean }[] = [];
  const wait = (data: RawData, isBinary: boolean): void => void early.push({ data, isBinary });
  page.on('message', wait);
  // What has been read already still comes: at most 64 KiB.
  page.pause();

  /** @param before what it was called by in vain, where it was opened without a certificate before. */
  const call = (origin: string, before?: string): void => {
    const called = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/room`, {
      ...LIMITS,
      origin,
      perMessageDeflate: false,
      followRedirects: false,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    });
    hub = called;
    let alive = true;
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      if (!alive) {
        called.terminate();
        return;
      }
      alive = false;
      called.ping();
    };
    const hear = (): void => {
      alive = true;
    };
    called.once('open', () => {
      page.off('message', wait);
      for (const { data, isBinary } of early) called.send(data, { binary: isBinary });
      pass(page, called);
      pass(called, page);
      called.on('pong', hear).on('message', hear);
      timer = setInterval(look, heartbeat);
      page.resume();
    });
    called.on('unexpected-response', (_, { statusCode = 0 }) => {
      const refused = token === undefined ? strings.refused : strings.otherToken;
      if (statusCode === 401 || statusCode === 403) fail(refused, 'not-let-in');
      else if (statusCode === 503) fail(strings.full);
      else fail(strings.noHub);
      called.terminate();
    });
    called.on('error', (error: NodeJS.ErrnoException) => {
      // Once it was open, its close says enough.
      if (timer !== undefined || page.readyState !== page.OPEN) return;
      const message = refusalOf(error);
      const isPlain = origin.startsWith('http:');
      // It may have a certificate by now. The other way round, nobody is led where others can read.
      if (isPlain && message === strings.noHub) call(origin.replace('http', 'https'), message);
      else if (message === strings.untrusted && before !== undefined)
        fail(strings.nowSecure(origin));
      else fail(before ?? message, error.code === 'ECONNREFUSED' ? 'nobody-listens' : undefined);
    });
    called.on('close', () => {
      clearInterval(timer);
      if (hub !== called) return;
      page.resume();
      page.close(GONE);
    });
  };
  // Of what was given, nothing but the host: the path is the hub's own.
  call(new URL(address).origin);
  return () => hub.terminate();
};

/** One that is not read fast enough is sent no more than it has room for: the other is not read. */
const pass = (from: WebSocket, to: WebSocket): void => {
  from.on('message', (data, isBinary) => {
    if (to.readyState !== to.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      if (to.bufferedAmount <= BACKLOG) from.resume();
    });
    if (to.bufferedAmount > BACKLOG) from.pause();
  });
};

/** Nobody on the way reads what goes there. */
const isPrivate = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
};

const parse = (data: RawData): RelayOpen | undefined => {
  try {
    return RelayOpen.parse(JSON.parse(data.toString()));
  } catch {
    return undefined;
  }
};
