/**
 * Whether anything was lost: what was sent held against what can be read. The rules are those of
 * Kafka's own system tests and of Jepsen. Acknowledgements prove nothing by themselves.
 */
import type { Ledger } from '../../server/program-events.ts';
import type { Outcome } from '../lane.ts';
import type { Standing } from '../sampler.ts';

export interface Sent {
  readonly id: string;
  readonly partition: number;
  /** In the order in which they were sent, partition by partition. */
  readonly outcome: Outcome;
}

export interface Read {
  readonly id: string;
  readonly partition: number;
  readonly offset: string;
}

export const makeLedger = (sent: readonly Sent[], read: readonly Read[]): Ledger => {
  const count = (kind: Outcome['kind']): number =>
    sent.filter(({ outcome }) => outcome.kind === kind).length;
  const times = new Map<string, number>();
  for (const { id } of read) times.set(id, (times.get(id) ?? 0) + 1);
  const lost = sent.filter(({ id, outcome }) => outcome.kind === 'acked' && !times.has(id)).length;
  const rest = {
    misplaced: countMisplaced(sent, read),
    duplicated: read.length - times.size,
    outOfOrder: countOutOfOrder(sent, read),
    foreign: countForeign(sent, times),
  };
  const broken = Object.values(rest).some((violations) => violations > 0);
  return {
    sent: sent.length,
    acked: count('acked'),
    failed: count('failed'),
    unknown: count('unknown'),
    read: read.length,
    lost,
    ...rest,
    longestGap: gapsOf(sent),
    // What is lost leaves its offsets to others: that is one finding, not two.
    // Where nothing was acked, nothing was proved.
    verdict: lost > 0 ? 'loss' : broken || count('acked') === 0 ? 'broken' : 'no loss',
  };
};

const placeOf = (partition: number, offset: string): string => `${partition}@${offset}`;

const countMisplaced = (sent: readonly Sent[], read: readonly Read[]): number => {
  const held = new Map(read.map(({ id, partition, offset }) => [placeOf(partition, offset), id]));
  const there = new Set(read.map(({ id }) => id));
  const claimed = new Set<string>();
  return sent.filter(({ id, partition, outcome }) => {
    if (outcome.kind !== 'acked') return false;
    const place = placeOf(partition, outcome.offset);
    const shared = claimed.has(place);
    claimed.add(place);
    // One that is nowhere is lost, and counted there.
    return shared || (there.has(id) && held.get(place) !== id);
  }).length;
};

const countOutOfOrder = (sent: readonly Sent[], read: readonly Read[]): number => {
  const turn = new Map(
    sent.filter(({ outcome }) => outcome.kind === 'acked').map(({ id }, index) => [id, index]),
  );
  const latest = new Map<number, number>();
  const seen = new Set<string>();
  return read.filter(({ id, partition }) => {
    const index = turn.get(id);
    // A repetition is counted as one, not as a disorder.
    if (index === undefined || seen.has(id)) return false;
    seen.add(id);
    const before = latest.get(partition) ?? -1;
    latest.set(partition, Math.max(before, index));
    return index < before;
  }).length;
};

const countForeign = (sent: readonly Sent[], times: ReadonlyMap<string, number>): number => {
  const written = new Set(
    sent.filter(({ outcome }) => outcome.kind !== 'failed').map(({ id }) => id),
  );
  return [...times.keys()].filter((id) => !written.has(id)).length;
};

const gapsOf = (sent: readonly Sent[]): Record<number, number> => {
  const gaps: Record<number, number> = {};
  const last = new Map<number, number>();
  for (const { partition, outcome } of sent) {
    const before = last.get(partition);
    gaps[partition] = Math.max(gaps[partition] ?? 0, outcome.at - (before ?? outcome.at));
    if (before === undefined || outcome.kind === 'acked') last.set(partition, outcome.at);
  }
  return gaps;
};

/** Where a load stands, by partition. */
export const standingOf = (
  { sent, waiting }: { readonly sent: readonly Sent[]; readonly waiting: readonly number[] },
  partitions: number,
): Standing => {
  const counts = Array<number>(partitions).fill(0);
  const rest = { failed: 0, unknown: 0 };
  for (const { partition, outcome } of sent) {
    if (outcome.kind !== 'acked') rest[outcome.kind] += 1;
    else counts[partition] = (counts[partition] ?? 0) + 1;
  }
  return { counts, ...rest, waiting: [...waiting] };
};
