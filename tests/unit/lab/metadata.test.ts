import { createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { aliveBrokers, partitionsOf } from '../../../server/kafka/metadata.ts';

/** A broker that does with the request what `answer` says. */
const broker = async (answer: (socket: Socket, request: Buffer) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (request) => answer(socket, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const int16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const int32 = (value: number): number[] => [...int16(value >> 16), ...int16(value)];
const text = (value: string): number[] => [...int16(value.length), ...Buffer.from(value)];

/** Metadata response, version 1, as the protocol guide has it: two brokers, one with a rack. */
const body = [
  ...int32(1),
  ...int32(2),
  ...[...int32(1), ...text('localhost'), ...int32(9092), ...int16(-1)],
  ...[...int32(3), ...text('localhost'), ...int32(9094), ...text('rack-a')],
  ...int32(1),
  ...int32(0),
];
const response = Buffer.from([...int32(body.length), ...body]);

it('asks for no topics, and reads who is alive', async () => {
  const asked = Promise.withResolvers<Buffer>();
  const port = await broker((socket, request) => {
    asked.resolve(request);
    // In two pieces, as TCP may.
    socket.write(response.subarray(0, 7));
    setImmediate(() => socket.write(response.subarray(7)));
  });
  expect(await aliveBrokers(port, { timeout: 2000 })).toEqual(new Set([1, 3]));
  const noTopics = Buffer.from(int32(0));
  expect((await asked.promise).subarray(-4)).toEqual(noTopics);
});

it('reads a topic some of whose partitions have no leader', async () => {
  const ids = (...numbers: number[]): number[] => [
    ...int32(numbers.length),
    ...numbers.flatMap(int32),
  ];
  const withTopic = [
    ...body.slice(0, -4),
    ...[...int32(1), ...int16(0), ...text('events'), 0, ...int32(2)],
    // LEADER_NOT_AVAILABLE, and not in their order.
    ...[...int16(5), ...int32(1), ...int32(-1), ...ids(2, 3), ...ids(3)],
    ...[...int16(0), ...int32(0), ...int32(1), ...ids(1, 2), ...ids(1)],
  ];
  const answer = Buffer.from([...int32(withTopic.length), ...withTopic]);
  const port = await broker((socket) => void socket.write(answer));
  expect(await partitionsOf(port, 'events', { timeout: 2000 })).toEqual([
    { partition: 0, leader: 1, replicas: [1, 2], isr: [1] },
    { partition: 1, leader: undefined, replicas: [2, 3], isr: [3] },
  ]);
});

it('rejects when the broker hangs up', async () => {
  const port = await broker((socket) => socket.destroy());
  await expect(aliveBrokers(port, { timeout: 2000 })).rejects.toThrow();
});

it('rejects when the broker does not answer in time', async () => {
  const port = await broker(() => {});
  await expect(aliveBrokers(port, { timeout: 50 })).rejects.toThrow('no answer within 50 ms');
});

it('gives up at once on something that is no broker', async () => {
  const port = await broker((socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(aliveBrokers(port, { timeout: 60_000 })).rejects.toThrow('no answer of Kafka');
});
