import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAcknowledger } from '../../../src/client/acknowledger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('telling the sidecar how far the screen is', () => {
  it('waits a moment, and then says only how far it got', () => {
    const send = vi.fn();
    const acknowledger = createAcknowledger(send);
    for (let offset = 1; offset <= 500; offset += 1) acknowledger.reached(offset);
    expect(send).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(send.mock.calls).toEqual([[500]]);
  });

  it('does not wait when 64 KiB were drawn', () => {
    const send = vi.fn();
    createAcknowledger(send).reached(64 * 1024);
    expect(send.mock.calls).toEqual([[64 * 1024]]);
  });

  it('says nothing twice', () => {
    const send = vi.fn();
    const acknowledger = createAcknowledger(send);
    acknowledger.reached(10);
    acknowledger.reached(64 * 1024 + 10);
    vi.advanceTimersByTime(1_000);
    expect(send.mock.calls).toEqual([[64 * 1024 + 10]]);
  });

  it('says nothing after it was disposed of', () => {
    const send = vi.fn();
    const acknowledger = createAcknowledger(send);
    acknowledger.reached(10);
    acknowledger.dispose();
    vi.advanceTimersByTime(1_000);
    expect(send).not.toHaveBeenCalled();
  });
});
