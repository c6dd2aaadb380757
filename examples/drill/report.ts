/** What the drill prints: the partitions, and the ledger with its verdict. */
import type { PartitionState } from '../../server/kafka/metadata.ts';
import type { Ledger } from '../../server/program-events.ts';

export const printPartitions = (title: string, partitions: readonly PartitionState[]): void => {
  console.log(`\n── ${title}`);
  for (const { partition, leader, replicas, isr } of partitions) {
    console.log(
      `   파티션 ${partition}  리더 ${leader ?? '없음'}  복제본 ${replicas.join(',')}  ISR ${isr.join(',')}`,
    );
  }
};

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)}초`;

export const printLedger = (ledger: Ledger): void => {
  const { sent, acked, failed, unknown, read, lost, misplaced, duplicated } = ledger;
  const gaps = Object.entries(ledger.longestGap).map(
    ([partition, gap]) => [`가장 긴 공백(${partition})`, seconds(gap)] as const,
  );
  const rows: readonly (readonly [string, string])[] = [
    ['보냄', `${sent}`],
    ['  저장됨', `${acked}`],
    ['  거절됨', `${failed}`],
    ['  알 수 없음', `${unknown}`],
    ['다시 읽음', `${read}`],
    ['유실', `${lost}`],
    ['중복', `${duplicated}`],
    ['순서 뒤바뀜', `${ledger.outOfOrder}`],
    ['오프셋 어긋남', `${misplaced}`],
    ['보낸 적 없는 메시지', `${ledger.foreign}`],
    ...gaps,
  ];
  console.log('\n── 원장');
  for (const [name, value] of rows) console.log(`   ${padded(name, 20)} ${value}`);
};

/** In a terminal a syllable is as wide as two letters. */
const padded = (text: string, width: number): string => {
  const taken = [...text].reduce((sum, char) => sum + (char > '\u1100' ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, width - taken));
};

export const VERDICT: Record<Ledger['verdict'], string> = {
  'no loss': '판정: 유실 없음. 저장되었다고 답한 메시지를 모두 다시 읽었습니다.',
  loss: '판정: 유실 있음. 저장되었다고 답한 메시지 일부를 다시 읽을 수 없습니다.',
  broken: '판정: 이상 있음. 유실은 없지만 중복, 순서, 오프셋 가운데 어긋난 것이 있습니다.',
};
