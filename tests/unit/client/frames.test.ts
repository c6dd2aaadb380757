import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputHeader } from '../../../server/protocol.ts';
import { decodeMessage, decodeOutput } from '../../../src/client/frames.ts';

const header: OutputHeader = {
  type: 'run.output',
  run: '7f1c2a52-64a5-4e55-8f7c-d5f0b4a3a111',
  offset: 42,
};

const frameOf = (head: unknown, bytes: Uint8Array): ArrayBuffer => {
  const line = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
  return new Uint8Array([...line, ...bytes]).buffer;
};

describe('a binary frame', () => {
  it('is a header and exactly the bytes after its line, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeOutput(frameOf(header, bytes))).toEqual({ header, bytes });
      }),
    );
  });

  it('may carry newlines and half a character', () => {
    const bytes = Uint8Array.of(0x0a, 0xed, 0x95);
    expect(decodeOutput(frameOf(header, bytes))?.bytes).toEqual(bytes);
  });

  it('is nothing without a line, without JSON, or of another type', () => {
    expect(decodeOutput(new TextEncoder().encode('no line').buffer)).toBeUndefined();
    expect(decodeOutput(new TextEncoder().encode('no JSON\n').buffer)).toBeUndefined();
    expect(decodeOutput(frameOf({ type: 'other' }, new Uint8Array()))).toBeUndefined();
  });
});

describe('a text frame', () => {
  it('is its message', () => {
    const message = { type: 'error', code: 'busy', message: '이미 실행 중입니다.' };
    expect(decodeMessage(JSON.stringify(message))).toEqual(message);
  });

  it('is nothing when it is not JSON', () => {
    expect(decodeMessage('{')).toBeUndefined();
  });
});
