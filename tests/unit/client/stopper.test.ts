import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStopper } from '../../../src/client/stopper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = ({ running = true, connected = true } = {}) => {
  const signal = vi.fn(() => connected);
  const handleStubborn = vi.fn();
  const stopper = createStopper({ signal, isRunning: () => running, handleStubborn });
  return { stopper, signal, handleStubborn };
};

describe('stopping a run', () => {
  it('interrupts it, as Ctrl+C would', () => {
    const { stopper, signal } = setUp();
    stopper.stop('a');
    expect(signal.mock.calls).toEqual([['a', 'interrupt']]);
  });

  it('forces it only if it still runs after three quarters of a minute and the reader asks again', () => {
    const { stopper, signal, handleStubborn } = setUp();
    stopper.stop('a');
    vi.advanceTimersByTime(44_999);
    expect(handleStubborn).not.toHaveBeenCalled();
    expect(stopper.isStopping('a')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(handleStubborn).toHaveBeenCalledOnce();
    expect(stopper.isStubborn('a')).toBe(true);
    expect(signal).toHaveBeenCalledTimes(1);
    stopper.stop('a');
    expect(signal).toHaveBeenLastCalledWith('a', 'terminate');
  });

  it('does not call a run stubborn that has ended', () => {
    const { stopper, handleStubborn } = setUp();
    stopper.stop('a');
    stopper.reset();
    vi.advanceTimersByTime(60_000);
    expect(handleStubborn).not.toHaveBeenCalled();
  });

  it('interrupts a run that had not begun as soon as it does', () => {
    const { stopper, signal } = setUp({ running: false });
    stopper.stop('a');
    expect(signal).not.toHaveBeenCalled();
    stopper.handleRunning('a');
    stopper.handleRunning('a');
    expect(signal.mock.calls).toEqual([['a', 'interrupt']]);
  });

  it('asks again after a cut in which the first word may have been lost, and calls nothing stubborn', () => {
    const { stopper, signal, handleStubborn } = setUp();
    stopper.stop('a');
    stopper.handleLost();
    vi.advanceTimersByTime(60_000);
    expect(handleStubborn).not.toHaveBeenCalled();
    stopper.handleRunning('a');
    expect(signal.mock.calls).toEqual([
      ['a', 'interrupt'],
      ['a', 'interrupt'],
    ]);
  });

  it('leaves other runs alone', () => {
    const { stopper, signal } = setUp({ running: false });
    stopper.stop('a');
    stopper.handleRunning('b');
    expect(signal).not.toHaveBeenCalled();
  });

  it('offers no kill when the interrupt could not even be sent', () => {
    const { stopper } = setUp({ connected: false });
    stopper.stop('a');
    vi.advanceTimersByTime(60_000);
    expect(stopper.isStubborn('a')).toBe(false);
  });
});
