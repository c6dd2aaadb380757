/** What became of the orders, partition by partition. */
import type { Outcome } from './lane.ts';
import type { Standing } from './sampler.ts';

export interface Tally {
  /** An order is handed to its lane, which ends it by what this gives. */
  begin(partition: number): (outcome: Outcome) => void;
  /** So far: the acks of each partition. */
  readonly standing: Standing;
  /** Several lines, for the reader. Of each partition's orders that have not ended, one is on its way. */
  summary(): string;
}

interface Row {
  acked: number;
  failed: number;
  unknown: number;
  /** Milliseconds from an order to its ack, at most. */
  longest: number;
  /** When those began that have not ended, in order. */
  readonly pending: number[];
}

export const createTally = (partitions: number, now = () => performance.now()): Tally => {
  const rows = Array.from(
    { length: partitions },
    (): Row => ({ acked: 0, failed: 0, unknown: 0, longest: 0, pending: [] }),
  );
  const total = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    begin: (partition) => {
      const row = rows[partition];
      if (row === undefined) throw new RangeError(`no partition ${partition}`);
      const from = now();
      row.pending.push(from);
      return ({ kind, at }) => {
        // A lane ends its orders in turn.
        row.pending.shift();
        row[kind] += 1;
        if (kind === 'acked') row.longest = Math.max(row.longest, at - from);
      };
    },
    get standing() {
      return {
        counts: rows.map(({ acked }) => acked),
        failed: total((row) => row.failed),
        unknown: total((row) => row.unknown),
        // The others of its partition wait for their turn.
        waiting: rows.map(({ pending }) => Math.min(pending.length, 1)),
      };
    },
    summary: () => {
      const acked = total((row) => row.acked);
      const failed = total((row) => row.failed);
      // Nobody can tell what becomes of an order on its way.
      const unknown = total((row) => row.unknown + Math.min(row.pending.length, 1));
      const unsent = total((row) => Math.max(row.pending.length - 1, 0));
      return [
        `\n보낸 주문 ${acked + failed + unknown}건: 저장됨 ${acked}, 거절됨 ${failed}, 알 수 없음 ${unknown}`,
        ...rows.map(
          (row, partition) => `  파티션 ${partition}  ${row.acked}건  ${waitOf(row, now())}`,
        ),
        ...(unsent > 0 ? [`차례를 기다리던 주문 ${unsent}건은 보내지 않았습니다.`] : []),
      ].join('\n');
    },
  };
};

const waitOf = (
  { acked, failed, unknown, longest, pending: [oldest] }: Row,
  now: number,
): string => {
  const open = oldest === undefined ? '' : `${duration(now - oldest)}째 응답을 기다리던 중에 멈춤`;
  if (acked > 0)
    return [`가장 오래 기다린 응답 ${duration(longest)}`, open].filter(Boolean).join(', ');
  if (open !== '') return open;
  return failed + unknown > 0
    ? '저장됐다는 응답을 한 번도 받지 못함'
    : '이 파티션에 보낸 주문 없음';
};

const duration = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)}ms` : `${(ms / 1_000).toFixed(1)}초`;
