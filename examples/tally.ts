/** What became of the messages, partition by partition. */
import type { Outcome } from './lane.ts';

export interface Tally {
  add(partition: number, outcome: Outcome): void;
  /** Several lines, for the reader. */
  summary(): string;
}

interface Row {
  acked: number;
  failed: number;
  unknown: number;
  /** Of the last ack; before the first one, of the first outcome. */
  last: number | undefined;
  gap: number;
}

/** Between acks: where there was none, a length would be made up. */
const gapOf = ({ acked, failed, unknown, gap }: Row): string => {
  if (acked > 0) return `응답이 가장 오래 끊긴 시간 ${(gap / 1_000).toFixed(1)}초`;
  return failed + unknown > 0
    ? '저장됐다는 응답을 한 번도 받지 못했습니다'
    : '이 파티션에 보낸 주문은 없습니다';
};

export const createTally = (partitions: number): Tally => {
  const rows = Array.from(
    { length: partitions },
    (): Row => ({ acked: 0, failed: 0, unknown: 0, last: undefined, gap: 0 }),
  );
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
        (row, partition) => `  파티션 ${partition}  ${row.acked}건  ${gapOf(row)}`,
      );
      const total = sum('acked') + sum('failed') + sum('unknown');
      return [
        `\n보낸 주문 ${total}건: 저장됨 ${sum('acked')}, 거절됨 ${sum('failed')}, 알 수 없음 ${sum('unknown')}`,
        ...lines,
      ].join('\n');
    },
  };
};
