import fc from 'fast-check';
import { expect, it } from 'vitest';
import { demultiplexer } from '../../../server/lab/docker/frames.ts';
import { capture } from '../../integration/capture.ts';

const frame = (stream: 1 | 2, bytes: Uint8Array): Buffer => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};

const frames = fc.array(
  fc.record({ stream: fc.constantFrom<(1 | 2)[]>(1, 2), bytes: fc.uint8Array({ maxLength: 40 }) }),
);

it('tells stdout from stderr, however the stream is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 30 })), (sent, cuts) => {
      const stream = Buffer.concat(sent.map(({ stream, bytes }) => frame(stream, bytes)));
      const received: { 1: number[]; 2: number[] } = { 1: [], 2: [] };
      const take = demultiplexer({
        stdout: (bytes) => received[1].push(...bytes),
        stderr: (bytes) => received[2].push(...bytes),
        size: undefined,
      });
      let position = 0;
      for (const length of [...cuts, stream.length]) {
        take(stream.subarray(position, position + length));
        position += length;
      }
      for (const which of [1, 2] as const) {
        const expected = sent.filter(({ stream }) => stream === which);
        expect(received[which]).toEqual(expected.flatMap(({ bytes }) => [...bytes]));
      }
    }),
  );
});

it('hands on what it has, before a frame is whole', () => {
  const output = capture();
  const take = demultiplexer(output.stdio);
  take(frame(1, Buffer.from('안녕')).subarray(0, 8 + 3));
  expect(output.stdout()).toBe('안');
});
