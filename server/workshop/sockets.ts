/** Sockets to pages: which may be opened, how fast they are listened to, which are dead. */
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Pace, readFrames } from '../rate.ts';
import { refuseUpgrade } from '../upgrade.ts';
import type { Door } from './door.ts';
import type { Page } from './page.ts';
import type { Room } from './room.ts';

const LIMITS = {
  /** Bytes: the largest honest frame is a piece of output, or the state of a cluster. */
  maxPayload: 256 * 1024,
  maxFragments: 256,
  maxBufferedChunks: 1_024,
  /** Milliseconds a page has for its half of a close; then it is ended. */
  closeTimeout: 1_000,
};

/** What a participant has to say: a few steps a minute, and 8 KiB of a shared run's output a second. */
const PARTICIPANT: Pace = { turn: 100, units: 2, burst: 120 };

/** Several runs and a cluster that changes, besides. */
const PRESENTER: Pace = { turn: 100, units: 20, burst: 500 };

/** As the protocol calls it: a page comes back. */
const GOING_AWAY = 1001;

/** Milliseconds between two looks whether a page is still there: a lid that is closed says nothing. */
const HEARTBEAT = 15_000;

/**
 * Bytes on the way to a page. One that reads that little is told all anew, once it reads again. A presenter
 * is told all of the room at once: six thousand people, of whom each has told as much as anybody may.
 */
const BACKLOG = { participant: 1024 * 1024, presenter: 512 * 1024 * 1024 };

/** Answers upgrades of `server`; the result ends all sockets, once what is on the way has arrived. */
export const attachSockets = (server: Server, door: Door, room: Room): (() => Promise<void>) => {
  const sockets = new WebSocketServer({ ...LIMITS, noServer: true, perMessageDeflate: false });
  /** Heard of since the last look. */
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', () => stream.destroy());
    // Of too many, it has had its answer.
    if (stream.writableEnded) return;
    const verdict = door.decide(request, 'socket');
    if (!verdict.allowed) return refuseUpgrade(stream, verdict.status, verdict.message);
    if (pathOf(request) !== '/api/room') return refuseUpgrade(stream, 404, '없는 주소입니다.');
    const presenter = door.isPresenter(request);
    const address = request.socket.remoteAddress ?? '';
    sockets.handleUpgrade(request, stream, head, (socket) => {
      alive.add(socket);
      socket.on('pong', () => alive.add(socket));
      // An oversized or broken frame: ws closes the connection with the right code by itself.
      socket.on('error', () => {});
      const page = pageOf(socket, address, presenter ? BACKLOG.presenter : BACKLOG.participant);
      const visitor = presenter ? room.present(page) : room.attend(page);
      readFrames(socket, visitor.receive, presenter ? PRESENTER : PARTICIPANT);
      socket.on('close', visitor.leave);
    });
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, HEARTBEAT);
  return async () => {
    clearInterval(heartbeat);
    const ends = [...sockets.clients].map((socket) => {
      socket.close(GOING_AWAY);
      return once(socket, 'close');
    });
    await Promise.all(ends);
  };
};

const pageOf = (socket: WebSocket, address: string, backlog: number): Page => {
  const send = (data: Uint8Array, binary: boolean): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > backlog) socket.terminate();
    else socket.send(data, { binary });
  };
  return {
    address,
    get backlog() {
      return socket.bufferedAmount;
    },
    tell: (message) => send(message, false),
    pass: (frame) => send(frame, true),
    drop: () => socket.close(1013),
  };
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';
