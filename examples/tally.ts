/** What became of the messages, partition by partition. */
import type { Outcome } from './lane.ts';

export interface Tally {
  add(partition: number, outcome: Outcome): void;
  /** Several lines, for the reader. */
  summary(): string;
}

export const createTally = (partitions: number): Tally => {
  const rows = Array.from({ length: partitions }, () => ({
    acked: 0,
    failed: 0,
    unknown: 0,
    last: undefined as number | undefined,
    gap: 0,
  }));
  return {
    add: (partition, outcome) => {
      const row = rows[partition];
      if (row === undefined) return;
      row[outcome.kind] += 1;
      row.last ??= outcome.at;
      row.gap = Math.max(row.gap, outcome.at - row.last);
      if (outcome.kind === 'acked') row.last = outcome.at;
    },
    summary: () => {
      const sum = (kind: Outcome['kind']): number =>
        rows.reduce((total, row) => total + row[kind], 0);
      const lines = rows.map(
        ({ acked, gap }, partition) =>
          `  파티션 ${partition}  ${acked}건  응답이 가장 오래 끊긴 시간 ${(gap / 1_000).toFixed(1)}초`,
      );
      const total = sum('acked') + sum('failed') + sum('unknown');
      return [
        `\n보낸 주문 ${total}건: 저장됨 ${sum('acked')}, 거절됨 ${sum('failed')}, 알 수 없음 ${sum('unknown')}`,
        ...lines,
      ].join('\n');
    },
  };
};
