/** Asking ZooKeeper by its four-letter words: no client, one short connection. */
import { connect } from 'node:net';

/**
 * The ids of the brokers that are registered in it: those whose session lives, be the broker dead
 * or not. `undefined` while ZooKeeper does not answer.
 */
export const registeredBrokers = async (port: number): Promise<ReadonlySet<number> | undefined> => {
  const answer = await ask(port, 'dump');
  if (answer === undefined || !answer.includes('Sessions with Ephemerals')) return undefined;
  return new Set([...answer.matchAll(/\/brokers\/ids\/(\d+)/g)].map(([, id]) => Number(id)));
};

/** How long the session of a dead broker lives at most: 18 s, ZooKeeper's rounding, time to spare. */
export const EXPIRY_MS = 40_000;

const TIMEOUT_MS = 2000;

const ask = (port: number, word: string): Promise<string | undefined> => {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket = connect({ port, host: '127.0.0.1', timeout: TIMEOUT_MS });
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('connect', () => socket.write(word));
  socket.on('data', (text) => {
    answer += text;
  });
  socket.on('timeout', () => socket.destroy());
  socket.on('error', () => resolve(undefined));
  // ZooKeeper closes the connection when it has said all.
  socket.on('end', () => resolve(answer));
  socket.on('close', () => resolve(undefined));
  return promise.finally(() => socket.destroy());
};
