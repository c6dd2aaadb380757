/** Waiting for the cluster: every broker lists all three. */
import { setTimeout } from 'node:timers/promises';
import { aliveBrokers } from '../../kafka/metadata.ts';
import { subject } from '../korean.ts';
import { BROKERS, type Broker, brokerId, CONTAINERS, type Container } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { type Census, census, stateOf } from './containers.ts';
import { PORTS, type Site } from './site.ts';

const POLL_MS = 50;
/** Asking the engine whether they still run is needed less often. */
const CENSUS_MS = 500;
/** Measured: 7 s in all, on two cores. A slow laptop, with the engine in a virtual machine, gets this. */
const DEADLINE_MS = 120_000;
const ANSWER_MS = 2000;

export interface WaitOptions {
  readonly abort: AbortSignal;
  /** Called as each one gets ready. */
  readonly ready: (name: Broker) => void;
  /** One that has ended: whether it was started again. */
  readonly revive: (name: Container, seen: Census) => Promise<boolean>;
}

/**
 * Ends when each broker lists all three: then the controller knows them too, and a topic with three
 * replicas can be made. Throws NotReady if one ends for good, or when it takes too long.
 */
export const awaitCluster = async (
  site: Site,
  { abort, ready, revive }: WaitOptions,
): Promise<void> => {
  const waiting = new Set<Broker>(BROKERS);
  let deadline = performance.now() + DEADLINE_MS;
  let looked = performance.now();
  for (;;) {
    const known = await Promise.all(BROKERS.map(listed));
    for (const [index, broker] of BROKERS.entries()) {
      if (known[index]?.has(brokerId(broker)) && waiting.delete(broker)) ready(broker);
    }
    const late = BROKERS.filter((_, index) => known[index]?.size !== BROKERS.length);
    if (late.length === 0) return;
    if (performance.now() - looked > CENSUS_MS) {
      const seen = await census(site);
      for (const name of CONTAINERS) {
        if (['running', 'paused'].includes(stateOf(seen, name))) continue;
        if (!(await revive(name, seen))) {
          throw new NotReady(`${subject(name)} 시작하다가 끝났습니다.`, [name]);
        }
        deadline = performance.now() + DEADLINE_MS;
      }
      looked = performance.now();
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
const listed = (broker: Broker): Promise<ReadonlySet<number> | undefined> =>
  aliveBrokers(PORTS[broker], { timeout: ANSWER_MS }).catch(() => undefined);
