/** A hub that a test speaks for; and what a browser's page has. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Slot } from '../../../../src/client/room/slot.ts';
import { waitFor } from '../../../wait.ts';

export interface Message {
  readonly type: string;
  readonly [name: string]: unknown;
}

export interface Line {
  readonly socket: WebSocket;
  readonly heard: Message[];
  say(message: object): void;
}

export const openHub = async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/api/room' });
  await once(server, 'listening');
  const lines: Line[] = [];
  server.on('connection', (socket) => {
    const heard: Message[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
    lines.push({ socket, heard, say: (message) => socket.send(JSON.stringify(message)) });
  });
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', { href: `http://127.0.0.1:${port}/topics/` });
  onTestFinished(() => {
    for (const { socket } of lines) socket.terminate();
    server.close();
    vi.unstubAllGlobals();
  });
  /** The line that was opened as the `count`th, from 1. */
  const line = (count: number): Promise<Line> => waitFor(`line ${count}`, () => lines[count - 1]);
  return { lines, line };
};

export const hears = (line: Line, type: string, count = 1): Promise<Message> =>
  waitFor(`${type}, ${count}`, () => line.heard.filter((each) => each.type === type)[count - 1]);

export const PARTICIPANT = '0d6f6c9e-3a1f-4a56-8f5f-0c6f7a2b9d11';
export const TOKEN = 'r'.repeat(43);

export const joined = {
  type: 'room.joined',
  participant: PARTICIPANT,
  nickname: '가람',
  token: TOKEN,
  room: 7,
  hand: 'down',
};

export const memory = <T>(value?: T): Slot<T> => {
  let kept = value;
  return {
    isKept: true,
    isFull: false,
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
};
