/** Waiting for the cluster: ZooKeeper answers, and every broker knows all three. */
import { setTimeout } from 'node:timers/promises';
import { aliveBrokers } from '../../kafka/metadata.ts';
import { subject } from '../korean.ts';
import { BROKERS, type Broker, brokerId, type Container } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { registeredBrokers } from '../zookeeper.ts';
import { exitOf } from './exits.ts';
import type { ContainerRecord } from './record.ts';
import type { Site } from './site.ts';

const POLL_MS = 40;
/** Measured: 1.8 s in all, on two cores. A slow laptop on battery, with an antivirus, gets this. */
const DEADLINE_MS = 90_000;
const ANSWER_MS = 2000;

export interface WaitOptions {
  readonly abort: AbortSignal;
  /** Called as each one gets ready. */
  readonly ready: (name: Container) => void;
}

/** Ends when ZooKeeper answers. Throws NotReady if it ends, or when it takes too long. */
export const awaitZookeeper = (
  site: Site,
  started: ReadonlyMap<Container, ContainerRecord>,
  { abort, ready }: WaitOptions,
): Promise<void> =>
  poll(started, abort, async () => {
    if ((await registeredBrokers(site.ports.zookeeper)) === undefined) return ['zookeeper'];
    ready('zookeeper');
    return [];
  });

/**
 * Ends when each broker lists all three: then the controller knows them too, and a topic with three
 * replicas can be made. Throws NotReady if one of `started` ends, or when it takes too long.
 */
export const awaitCluster = (
  site: Site,
  started: ReadonlyMap<Container, ContainerRecord>,
  { abort, ready }: WaitOptions,
): Promise<void> => {
  const waiting = new Set<Broker>(BROKERS);
  return poll(started, abort, async () => {
    const known = await Promise.all(BROKERS.map((broker) => ask(site, broker)));
    for (const [index, broker] of BROKERS.entries()) {
      if (known[index]?.has(brokerId(broker)) && waiting.delete(broker)) ready(broker);
    }
    return BROKERS.filter((_, index) => known[index]?.size !== BROKERS.length);
  });
};

/** Until `look` finds nobody who is late. */
const poll = async (
  started: ReadonlyMap<Container, ContainerRecord>,
  abort: AbortSignal,
  look: () => Promise<readonly Container[]>,
): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const late = await look();
    if (late.length === 0) return;
    for (const [name, record] of started) {
      const exit = exitOf(record);
      if (exit !== undefined) {
        throw new NotReady(`${subject(name)} 시작하다가 끝났습니다(종료 코드 ${exit.code}).`, [
          name,
        ]);
      }
    }
    if (performance.now() > deadline) {
      throw new NotReady(
        `${DEADLINE_MS / 1000}초를 기다렸지만 아직 준비되지 않았습니다: ${late.join(', ')}.`,
        late,
      );
    }
    await setTimeout(POLL_MS, undefined, { signal: abort });
  }
};

/** `undefined` while it does not answer. */
const ask = (site: Site, broker: Broker): Promise<ReadonlySet<number> | undefined> =>
  aliveBrokers(site.ports.brokers[broker].external, { timeout: ANSWER_MS }).catch(() => undefined);
