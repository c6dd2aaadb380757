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

  it('forces nothing while it may still end by itself, however often the reader asks', () => {
    const { stopper, signal } = setUp();
    stopper.stop('a');
    vi.advanceTimersByTime(44_999);
    stopper.stop('a');
    expect(signal).not.toHaveBeenCalledWith('a', 'terminate');
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
    stopper.handleRunning('a', null);
    stopper.handleRunning('a', null);
    expect(signal.mock.calls).toEqual([['a', 'interrupt']]);
  });

  it('asks again after a cut in which the first word may have been lost, and calls nothing stubborn', () => {
    const { stopper, signal, handleStubborn } = setUp();
    stopper.stop('a');
    stopper.handleLost();
    vi.advanceTimersByTime(60_000);
    expect(handleStubborn).not.toHaveBeenCalled();
    stopper.handleRunning('a', null);
    expect(signal.mock.calls).toEqual([
      ['a', 'interrupt'],
      ['a', 'interrupt'],
    ]);
  });

  it('leaves other runs alone', () => {
    const { stopper, signal } = setUp({ running: false });
    stopper.stop('a');
    stopper.handleRunning('b', null);
    expect(signal).not.toHaveBeenCalled();
  });

  it('offers no kill when the interrupt could not even be sent', () => {
    const { stopper } = setUp({ connected: false });
    stopper.stop('a');
    vi.advanceTimersByTime(60_000);
    expect(stopper.isStubborn('a')).toBe(false);
  });

  it('that another page has asked for is known here, too, and not asked for again', () => {
    const { stopper, signal, handleStubborn } = setUp();
    stopper.handleRunning('a', 40_000);
    expect(stopper.isStopping('a')).toBe(true);
    vi.advanceTimersByTime(4_999);
    expect(stopper.isStubborn('a')).toBe(false);
    vi.advanceTimersByTime(1);
    expect(stopper.isStubborn('a')).toBe(true);
    expect(handleStubborn).toHaveBeenCalledOnce();
    expect(signal).not.toHaveBeenCalled();
  });

  it('is not asked for again where the sidecar says after a cut that it has heard', () => {
    const { stopper, signal } = setUp();
    stopper.stop('a');
    stopper.handleLost();
    stopper.handleRunning('a', 2_000);
    expect(signal).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(43_000);
    expect(stopper.isStubborn('a')).toBe(true);
  });
});
