/** Which broker's end, or start, a change follows from: never a guess, only where both name it. */
import { keyOf } from '../../server/cluster/changes.ts';
import { BROKERS, type Broker, brokerId } from '../../server/lab/lab.ts';
import type { ClusterDifference } from '../../server/protocol.ts';

/** A broker's process ended or was paused, began or went on. */
export interface Fate {
  readonly broker: Broker;
  readonly what: 'end' | 'start';
  /** Milliseconds by the sidecar's clock. */
  readonly at: number;
}

export interface Fates {
  /** What each of the changes, which were seen at once, follows from. */
  explain(at: number, changes: readonly ClusterDifference[]): readonly (Fate | undefined)[];
  /** When the process ended that Kafka has counted on last, or still does. */
  endOf(broker: Broker): number | undefined;
  /** Of what was not seen, nothing follows. */
  forget(): void;
}

type Change<Kind> = Extract<ClusterDifference, { kind: Kind }>;

interface Life {
  /**
   * When it ended. One that is started anew and ends before it has registered does not change that:
   * the session that has to expire is the first one's.
   */
  readonly end: number | undefined;
  /** When it began last, or went on. */
  readonly began: number | undefined;
  /** The same, until it has answered. */
  readonly start: number | undefined;
}

const UNKNOWN: Life = { end: undefined, began: undefined, start: undefined };

/** A partition had lost its leader. */
interface Loss {
  readonly at: number;
  readonly leader: number;
}

export const createFates = (): Fates => {
  const lives = new Map<Broker, Life>();
  const losses = new Map<string, Loss>();
  /** Replicas that have been in the ISR since their broker began: `orders-0 3`. */
  const joined = new Set<string>();

  const fateOf = (id: number | null | undefined, what: keyof Life): Fate | undefined => {
    const broker = BROKERS.find((name) => brokerId(name) === id);
    const at = broker && lives.get(broker)?.[what];
    if (broker === undefined || at === undefined) return undefined;
    return { broker, what: what === 'end' ? 'end' : 'start', at };
  };

  const noteBroker = (at: number, { from, to }: Change<'broker'>): void => {
    const life = lives.get(to.name) ?? UNKNOWN;
    if (from.container === to.container) return;
    if (to.container === 'running') {
      // One that goes on is the process that was there before.
      const end = from.container === 'paused' ? undefined : life.end;
      lives.set(to.name, { end, began: at, start: at });
      const own = ` ${brokerId(to.name)}`;
      for (const replica of joined) if (replica.endsWith(own)) joined.delete(replica);
    } else if (from.container === 'running')
      lives.set(to.name, { ...UNKNOWN, end: life.end ?? at });
  };
  /** It has registered, or answers: whatever ended before is over. */
  const noteReturn = (change: Change<'broker'>): void => {
    const { name } = change.to;
    const { began, start } = lives.get(name) ?? UNKNOWN;
    if (isUp(change)) lives.set(name, { ...UNKNOWN, began });
    else if (isRegistered(change)) lives.set(name, { ...UNKNOWN, began, start });
  };
  const notePartition = (at: number, { from, to }: Change<'partition'>): void => {
    // A topic of the same name has lost nothing yet.
    if (from !== null && to === null) losses.delete(keyOf(from));
    if (from === null || to === null) return;
    const key = keyOf(to);
    if (from.leader !== null && to.leader === null) losses.set(key, { at, leader: from.leader });
    // A new replica joins because it is one.
    const come = [...without(to.isr, from.isr), ...without(to.replicas, from.replicas)];
    for (const id of come) joined.add(`${key} ${id}`);
    for (const id of without(from.isr, to.isr)) {
      // One that has ended was there by its earlier life only.
      if (fateOf(id, 'end') === undefined) joined.add(`${key} ${id}`);
      else joined.delete(`${key} ${id}`);
    }
  };

  const behindBroker = (change: Change<'broker'>): Fate | undefined => {
    const { from, to } = change;
    // Its own end or start follows from nothing that is known here.
    if (from.container !== to.container) return undefined;
    const id = brokerId(to.name);
    if (isUp(change) || isRegistered(change)) return fateOf(id, 'start');
    return from.registered === true && to.registered === false ? fateOf(id, 'end') : undefined;
  };
  const behindPartition = ({ from, to }: Change<'partition'>): Fate | undefined => {
    if (from === null || to === null) return undefined;
    if (from.leader !== to.leader) {
      if (from.leader !== null) return fateOf(from.leader, 'end');
      const loss = losses.get(keyOf(to));
      const started = fateOf(to.leader, 'began');
      // Who was there all the time has not brought it back.
      if (loss === undefined || (started !== undefined && started.at > loss.at)) return started;
      return fateOf(loss.leader, 'end');
    }
    const [gone, ...others] = without(from.isr, to.isr);
    if (gone !== undefined) return others.length === 0 ? fateOf(gone, 'end') : undefined;
    const [come, ...more] = without(to.isr, from.isr);
    if (come === undefined || more.length > 0 || !from.replicas.includes(come)) return undefined;
    return joined.has(`${keyOf(to)} ${come}`) ? undefined : fateOf(come, 'began');
  };
  const behind = (change: ClusterDifference): Fate | undefined => {
    switch (change.kind) {
      case 'broker':
        return behindBroker(change);
      case 'controller':
        return fateOf(change.from, 'end');
      case 'partition':
        return behindPartition(change);
      default:
        return undefined;
    }
  };

  return {
    explain: (at, changes) => {
      const brokers = changes.filter((change) => change.kind === 'broker');
      const partitions = changes.filter((change) => change.kind === 'partition');
      for (const change of brokers) noteBroker(at, change);
      const fates = changes.map(behind);
      for (const change of partitions) notePartition(at, change);
      for (const change of brokers) noteReturn(change);
      return fates;
    },
    endOf: (broker) => lives.get(broker)?.end,
    forget: () => {
      lives.clear();
      losses.clear();
      joined.clear();
    },
  };
};

const isUp = ({ from, to }: Change<'broker'>): boolean => from.state !== 'up' && to.state === 'up';
const isRegistered = ({ from, to }: Change<'broker'>): boolean =>
  from.registered !== true && to.registered === true;

const without = (from: readonly number[], others: readonly number[]): readonly number[] =>
  from.filter((id) => !others.includes(id));
