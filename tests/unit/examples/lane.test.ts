import { setTimeout } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { describe, expect, it, vi } from 'vitest';
import { openLane } from '../../../examples/lane.ts';

/** A cluster whose controller is elected after so many tries. */
const without = (tries: number) => {
  const connect = vi.fn(async () => {
    if (connect.mock.calls.length <= tries) throw new Error('Broker -1 not found');
  });
  const disconnect = vi.fn(async () => {});
  const kafka = { producer: () => ({ connect, disconnect }) } as unknown as Kafka;
  const open = () => openLane({ kafka, topic: 'orders', partition: 0, acks: -1, idempotent: true });
  return { connect, disconnect, open };
};

describe('a lane', () => {
  it('waits for a controller to be elected', async () => {
    const { connect, open } = without(3);
    await expect(open()).resolves.toMatchObject({ partition: 0 });
    expect(connect).toHaveBeenCalledTimes(4);
  });

  it('that has been given up does not connect again', async () => {
    const late = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(late.signal);
    const { connect, disconnect, open } = without(Number.POSITIVE_INFINITY);
    const lane = open();
    await vi.waitFor(() => expect(connect).toHaveBeenCalledOnce());
    late.abort();
    await expect(lane).rejects.toMatchObject({ name: 'NoConnection' });
    expect(disconnect).toHaveBeenCalledOnce();
    // Longer than it waits from one try to the next.
    await setTimeout(500);
    expect(connect).toHaveBeenCalledOnce();
  });
});
