/** Waiting for the cluster: ZooKeeper answers, and every broker knows all three. */
import { setTimeout } from 'node:timers/promises';
import { aliveBrokers } from '../../kafka/metadata.ts';
import { subject } from '../korean.ts';
import { BROKERS, type Broker, brokerId, type Container } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { registeredBrokers } from '../zookeeper.ts';
import { type Observed, observe } from './containers.ts';
import { exitOf, isWatched } from './exits.ts';
import type { Site } from './site.ts';

const POLL_MS = 40;
/** Looking whether they still run is needed less often. */
const CENSUS_MS = 200;
/** Measured: 1.8 s in all, on two cores. A slow laptop on battery, with an antivirus, gets this. */
const DEADLINE_MS = 90_000;
const ANSWER_MS = 2000;

export interface WaitOptions {
  readonly abort: AbortSignal;
  /** Those that were found running or have been started: without one of them nothing will come. */
  readonly expected: ReadonlySet<Container>;
  /** Called as each one gets ready. */
  readonly ready: (name: Container) => void;
}

/** Ends when ZooKeeper answers. Throws NotReady if one ends, or when it takes too long. */
export const awaitZookeeper = (
  site: Site,
  { abort, expected, ready }: WaitOptions,
): Promise<void> =>
  poll(site, expected, abort, async () => {
    if ((await registeredBrokers(site.ports.zookeeper)) === undefined) return ['zookeeper'];
    ready('zookeeper');
    return [];
  });

/**
 * Ends when each broker lists all three: then the controller knows them too, and a topic with three
 * replicas can be made. Throws NotReady if one ends, or when it takes too long.
 */
export const awaitCluster = (
  site: Site,
  { abort, expected, ready }: WaitOptions,
): Promise<void> => {
  const waiting = new Set<Broker>(BROKERS);
  return poll(site, expected, abort, async () => {
    const known = await Promise.all(BROKERS.map((broker) => ask(site, broker)));
    for (const [index, broker] of BROKERS.entries()) {
      if (known[index]?.has(brokerId(broker)) && waiting.delete(broker)) ready(broker);
    }
    return BROKERS.filter((_, index) => known[index]?.size !== BROKERS.length);
  });
};

/** Until `look` finds nobody who is late. */
const poll = async (
  site: Site,
  expected: ReadonlySet<Container>,
  abort: AbortSignal,
  look: () => Promise<readonly Container[]>,
): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS;
  let looked = Number.NEGATIVE_INFINITY;
  for (;;) {
    const late = await look();
    if (late.length === 0) return;
    if (performance.now() - looked > CENSUS_MS) {
      const ended = await firstEnded(site, expected);
      if (ended !== undefined) throw new NotReady(explain(ended), [ended.name]);
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

/** One of `expected` that has ended, if there is one. */
export const firstEnded = async (
  site: Site,
  expected: ReadonlySet<Container>,
): Promise<Observed | undefined> =>
  (await observe(site)).find((container) => expected.has(container.name) && hasEnded(container));

const hasEnded = ({ state, record }: Observed): boolean =>
  // A child's command line goes a moment before its exit code comes.
  record !== undefined && isWatched(record)
    ? exitOf(record) !== undefined
    : state !== 'running' && state !== 'paused';

const explain = ({ name, record }: Observed): string => {
  const exit = record && exitOf(record);
  const code = exit === undefined ? '' : `(종료 코드 ${exit.code})`;
  return `${subject(name)} 시작하다가 끝났습니다${code}.`;
};

/** `undefined` while it does not answer. */
const ask = (site: Site, broker: Broker): Promise<ReadonlySet<number> | undefined> =>
  aliveBrokers(site.ports.brokers[broker].external, { timeout: ANSWER_MS }).catch(() => undefined);
