/** The picture of a run, which is loaded when there is one. */
import { duration } from './duration.ts';

interface Silence {
  readonly broker: number;
  readonly from: number;
  readonly to: number | undefined;
}

/** Times that are told one by one: a busy machine has many short ones. */
const MOST = 6;
const lengthOf = ({ from, to = Number.POSITIVE_INFINITY }: Silence): number => to - from;
const longest = (all: readonly Silence[]): readonly Silence[] => {
  const told = new Set(all.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST));
  return all.filter((each) => told.has(each));
};

/** What a program told of itself, drawn under its terminal. */
export const figure = {
  region: (title: string) => `그림과 원장: ${title}`,
  caption: {
    acked: (topic: string) => `${topic} · 1초에 저장된 메시지`,
    read: (topic: string) => `${topic} · 1초에 읽은 메시지`,
  },
  columns: {
    partition: '파티션',
    total: '모두',
    now: '마지막 초당',
    gap: '가장 긴 공백',
  },
  /** What the height of a strip stands for. */
  pace: (most: number) =>
    `초당 건수 (칸의 높이 ${Math.ceil(most).toLocaleString('ko')}건, 가로는 프로그램이 시작한 뒤의 시간)`,
  partition: (partition: number) => `파티션 ${partition}`,
  /** Rows that would be too many. */
  others: (count: number) => `나머지 ${count}개`,
  rate: (rate: number) => rate.toLocaleString('ko', { maximumFractionDigits: rate < 10 ? 1 : 0 }),
  /** Along the axis. */
  seconds: (seconds: number) => `${seconds}초`,
  gap: duration,
  /** In seconds since the program began to work. */
  silences: (what: 'acked' | 'read', all: readonly Silence[]) =>
    all.length === 0
      ? ''
      : `${
          what === 'acked' ? '빗금: 응답을 기다리며 멈춘 구간 · ' : ''
        }붉은 띠: 브로커가 1초 안에 응답하지 않은 동안 — ${longest(all)
          .map(({ broker, from, to }) => {
            const start = `kafka${broker} ${Math.round(from)}초`;
            return to === undefined ? `${start}부터` : `${start}~${Math.round(to)}초`;
          })
          .join(', ')}${all.length > MOST ? ` 외 ${all.length - MOST}번의 더 짧은 동안` : ''}`,
  sent: '보낸 메시지',
  readBack: '다시 읽어 대조한 결과',
  rows: {
    sent: '보냄',
    acked: '저장됨',
    failed: '거절됨',
    unknown: '알 수 없음',
    waiting: '응답을 기다림',
    read: '다시 읽음',
    lost: '유실',
    duplicated: '중복',
    outOfOrder: '순서 뒤바뀜',
    misplaced: '오프셋 어긋남',
    foreign: '보낸 적 없는 메시지',
  },
  verdicts: {
    'no loss': '판정: 유실 없음',
    loss: '판정: 유실 있음',
    broken: '판정: 이상 있음',
  },
} as const;
