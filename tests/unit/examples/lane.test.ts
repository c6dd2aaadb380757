import type { Kafka } from 'kafkajs';
import { describe, expect, it, vi } from 'vitest';
import { openLane } from '../../../examples/lane.ts';

/** A cluster whose controller is elected after so many tries. */
const without = (tries: number) => {
  const connect = vi.fn(async () => {
    if (connect.mock.calls.length <= tries) throw new Error('Broker -1 not found');
  });
  const kafka = { producer: () => ({ connect }) } as unknown as Kafka;
  const open = () => openLane({ kafka, topic: 'orders', partition: 0, acks: -1, idempotent: true });
  return { connect, open };
};

describe('a lane', () => {
  it('waits for a controller to be elected', async () => {
    const { connect, open } = without(3);
    await expect(open()).resolves.toMatchObject({ partition: 0 });
    expect(connect).toHaveBeenCalledTimes(4);
  });
});
