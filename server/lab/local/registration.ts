/**
 * A broker that was killed stays registered in ZooKeeper until its session expires (18 s by
 * default). Started again before that, it would find its own old entry and die of `NodeExists`.
 */
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Broker, brokerId } from '../lab.ts';
import { EXPIRY_MS, registeredBrokers } from '../zookeeper.ts';
import { observeOne } from './containers.ts';
import { at, type Site } from './site.ts';

const POLL_MS = 250;

/** Whether the broker, which does not run, would find its own old entry. */
export const mayBeRegistered = async (site: Site, broker: Broker): Promise<boolean> => {
  const brokers = await registeredBrokers(site.ports.zookeeper);
  if (brokers !== undefined) return brokers.has(brokerId(broker));
  // ZooKeeper does not answer yet; or does not run, and then there is nothing to wait for.
  const { state } = await observeOne(site, 'zookeeper');
  return state === 'running' && !endedInOrder(site, broker);
};

/**
 * Kafka leaves this file when it ends in order, after it has left ZooKeeper's register. Without it
 * the old session may live, even in a ZooKeeper that has just been started: sessions are on disk.
 */
const endedInOrder = (site: Site, broker: Broker): boolean =>
  existsSync(at(site, 'data', broker, '.kafka_cleanshutdown')) ||
  !existsSync(at(site, 'data', broker, 'meta.properties'));

export interface Expiry {
  readonly abort: AbortSignal;
  /** It will take a while: called once. */
  readonly waiting: () => void;
  /** There is no point in waiting any longer. */
  readonly hopeless: () => Promise<boolean>;
}

/** Waits until ZooKeeper answers and the old sessions of all these brokers have expired. */
export const expired = async (
  site: Site,
  brokers: readonly Broker[],
  { abort, waiting, hopeless }: Expiry,
): Promise<void> => {
  if (brokers.length === 0) return;
  const deadline = performance.now() + EXPIRY_MS;
  let told = false;
  while (performance.now() < deadline && !(await hopeless())) {
    const registered = await registeredBrokers(site.ports.zookeeper);
    if (registered !== undefined) {
      if (!brokers.some((broker) => registered.has(brokerId(broker)))) return;
      if (!told) waiting();
      told = true;
    }
    await setTimeout(POLL_MS, undefined, { signal: abort });
  }
};
