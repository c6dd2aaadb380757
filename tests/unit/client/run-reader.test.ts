import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRunReader } from '../../../src/client/run-reader.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A screen that draws at once, and keeps what was written. */
const screen = () => {
  const written: number[] = [];
  const write = (bytes: Uint8Array, parsed: () => void): void => {
    written.push(...bytes);
    parsed();
  };
  return { written, write, text: () => new TextDecoder().decode(Uint8Array.from(written)) };
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('reading a run onto the screen', () => {
  it('shows a text whole, wherever it was cut and however often it was sent again', () => {
    const text = '토픽 🎉 orders가 만들어졌습니다\r\n';
    const bytes = encode(text);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, fc.nat(9), (at, back) => {
        const { write, text: shown } = screen();
        const reader = createRunReader({ write, acknowledge: () => {} });
        for (const end of [...at.sort((a, b) => a - b), bytes.length]) {
          const from = Math.max(0, reader.offset - back);
          reader.take(from, bytes.subarray(from, end));
        }
        reader.dispose();
        expect(shown()).toBe(text);
      }),
    );
  });

  it('marks where the sidecar had dropped output', () => {
    const { write, text } = screen();
    const reader = createRunReader({ write, acknowledge: () => {} });
    reader.take(1_500, encode('끝'));
    reader.dispose();
    expect(text()).toContain('1,500바이트');
    expect(text().endsWith('끝')).toBe(true);
  });

  it('ends the escape sequence that the dropped output has cut off', () => {
    const { write, text } = screen();
    const reader = createRunReader({ write, acknowledge: () => {} });
    reader.take(0, encode('\x1b[3'));
    reader.take(100, encode('끝'));
    reader.dispose();
    expect(text().startsWith('\x1b[3\x18')).toBe(true);
  });

  it('is drawn when the last byte is on the screen, not before', async () => {
    const parsed: (() => void)[] = [];
    const write = (_: Uint8Array, done: () => void): void => void parsed.push(done);
    const reader = createRunReader({ write, acknowledge: () => {} });
    const drawn = vi.fn();
    reader.take(0, encode('ab'));
    const waiting = reader.drawn(2).then(drawn);
    await Promise.resolve();
    expect(drawn).not.toHaveBeenCalled();
    parsed[0]?.();
    await waiting;
    expect(drawn).toHaveBeenCalledOnce();
    reader.dispose();
  });

  it('waits for a slow screen that has all it needs, and for bytes that still come', async () => {
    vi.useFakeTimers();
    const parsed: (() => void)[] = [];
    const write = (_: Uint8Array, done: () => void): void => void parsed.push(done);
    const reader = createRunReader({ write, acknowledge: () => {} });
    const drawn = vi.fn();
    void reader.drawn(4).then(drawn);
    for (const offset of [0, 2]) {
      await vi.advanceTimersByTimeAsync(1_500);
      reader.take(offset, encode('ab'));
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drawn).not.toHaveBeenCalled();
    for (const done of parsed) done();
    await vi.advanceTimersByTimeAsync(0);
    expect(drawn).toHaveBeenCalledOnce();
    reader.dispose();
  });

  it('does not wait for ever for a screen that never comes', async () => {
    vi.useFakeTimers();
    const reader = createRunReader({ write: () => {}, acknowledge: () => {} });
    const drawn = vi.fn();
    reader.take(0, encode('ab'));
    void reader.drawn(2).then(drawn);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(drawn).toHaveBeenCalledOnce();
    reader.dispose();
  });

  it('does not wait for ever for bytes that never come', async () => {
    vi.useFakeTimers();
    const reader = createRunReader({ write: screen().write, acknowledge: () => {} });
    const waiting = reader.drawn(10);
    vi.advanceTimersByTime(2_000);
    await expect(waiting).resolves.toBeUndefined();
  });
});
