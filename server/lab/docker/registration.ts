/**
 * A broker that was killed stays registered in ZooKeeper until its session expires (18 s by
 * default). Started again before that, it would find its own old entry and die of `NodeExists`.
 */
import { setTimeout } from 'node:timers/promises';
import { type Broker, brokerId } from '../lab.ts';
import { EXPIRY_MS, registeredBrokers } from '../zookeeper.ts';
import { type Census, stateOf } from './containers.ts';
import type { Engine } from './engine.ts';
import { PORTS } from './site.ts';

const POLL_MS = 250;

/** What Java gives after SIGTERM: it left ZooKeeper's register on its way out. */
const IN_ORDER = [0, 143];

/** Whether the broker, which does not run, would find its own old entry. */
export const mayBeRegistered = async (
  { docker }: Engine,
  seen: Census,
  broker: Broker,
): Promise<boolean> => {
  const registered = await registeredBrokers(PORTS.zookeeper);
  if (registered !== undefined) return registered.has(brokerId(broker));
  // ZooKeeper does not answer yet; or does not run, and then there is nothing to wait for.
  const found = seen.ours.get(broker);
  if (found === undefined || stateOf(seen, 'zookeeper') !== 'running') return false;
  const { State } = await docker.getContainer(found.id).inspect();
  return State.StartedAt !== NEVER && !IN_ORDER.includes(State.ExitCode);
};

/** The engine's word for a container that compose has only created. */
const NEVER = '0001-01-01T00:00:00Z';

/** Waits until the old sessions have expired; says so once. Gives up after EXPIRY_MS. */
export const awaitExpiry = async (
  brokers: readonly Broker[],
  { abort, waiting }: { readonly abort: AbortSignal; readonly waiting: (late: Broker[]) => void },
): Promise<boolean> => {
  const deadline = performance.now() + EXPIRY_MS;
  const stillThere = async (): Promise<Broker[]> => {
    const registered = await registeredBrokers(PORTS.zookeeper);
    // Without an answer: a ZooKeeper that does not run has its own way of being reported.
    return brokers.filter((broker) => registered?.has(brokerId(broker)));
  };
  let late = await stillThere();
  if (late.length > 0) waiting(late);
  while (late.length > 0 && performance.now() < deadline) {
    await setTimeout(POLL_MS, undefined, { signal: abort });
    late = await stillThere();
  }
  return late.length === 0;
};
