import { expect, it } from 'vitest';
import { readOutput } from '../../../server/workshop/messages.ts';

const header = { type: 'run.output', run: '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11', offset: 0 };
const frameOf = (line: string): Uint8Array => Buffer.from(`${line}\nhello`);

it('of output, looks for a header where it is, and not in all that is sent', () => {
  const line = JSON.stringify(header);
  expect(readOutput(frameOf(line))).toEqual(header);
  expect(readOutput(frameOf(line.padEnd(199)))).toEqual(header);
  expect(readOutput(frameOf(line.padEnd(200)))).toBeUndefined();
});
