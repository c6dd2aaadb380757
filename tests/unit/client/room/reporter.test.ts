import { afterEach, expect, it, vi } from 'vitest';
import { isAbsent, isExited, isPaused } from '../../../../server/lab/korean.ts';
import type { RunStatus } from '../../../../server/protocol.ts';
import { Report } from '../../../../server/workshop/protocol.ts';
import { reasonOf } from '../../../../src/client/room/reasons.ts';
import { createReporter, reportId } from '../../../../src/client/room/reporter.ts';
import { withoutPaths } from '../../../../src/client/room/without-paths.ts';

const RUN = '6f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11';

const status = (changes: Partial<RunStatus> = {}): RunStatus => ({
  type: 'run.status',
  run: RUN,
  step: 'topics/list',
  edition: 'x',
  status: 'running',
  background: false,
  stopping: null,
  startedAt: 2_000,
  duration: 0,
  exitCode: null,
  size: 0,
  dropped: 0,
  check: null,
  outcome: null,
  ...changes,
});

const listen = ({ recorded = false } = {}) => {
  const reports: { report: Report; id: string }[] = [];
  const told = new Map<string, string>();
  const reporter = createReporter({
    isOfClass: (startedAt) => startedAt >= 1_000,
    report: (report, id) => {
      reports.push({ report: Report.parse(report), id });
      if (report.kind === 'progress') told.set(report.step, id);
    },
    isTold: (step, id) => told.get(step) === id,
    isRecorded: () => recorded,
  });
  const print = (text: string): void =>
    reporter.handleOutput?.(
      { type: 'run.output', run: RUN, offset: 0 },
      new TextEncoder().encode(text),
    );
  const hear = (...args: Parameters<NonNullable<typeof reporter.handleMessage>>): void =>
    reporter.handleMessage?.(...args);
  return { reporter, reports, print, hear };
};

it('tells which step, how it went and why it failed, and of its output nothing', () => {
  const { reports, print, hear } = listen();
  hear(status());
  print('a secret of mine\n필요한 포트를 다른 프로그램이 쓰고 있습니다: 9092번은 java(1234).');
  hear(status({ status: 'failed', exitCode: 1 }));
  expect(reports.map(({ report }) => report)).toEqual([
    { kind: 'progress', step: 'topics/list', run: RUN, status: 'running', reason: null },
    {
      kind: 'progress',
      step: 'topics/list',
      run: RUN,
      status: 'failed',
      reason: { kind: 'port-taken', text: '9092 포트가 이미 사용 중' },
    },
  ]);
  expect(JSON.stringify(reports)).not.toContain('secret');
});

const late = (): Partial<RunStatus> => ({ status: 'failed', exitCode: 1, size: 43 });

afterEach(() => {
  vi.useRealTimers();
});

it('waits for output that is on its way, and not for ever', () => {
  vi.useFakeTimers();
  const { reports, print, hear } = listen();
  hear(status(late()));
  expect(reports).toEqual([]);
  print('TimeoutException: nobody has answered me yet');
  expect(reports.map(({ report }) => report)).toMatchObject([{ reason: { kind: 'timeout' } }]);

  const other = listen();
  other.hear(status(late()));
  vi.advanceTimersByTime(3_000);
  expect(other.reports.map(({ report }) => report)).toMatchObject([{ reason: { kind: 'exit' } }]);
});

it('tells of an older run before a newer one, whatever it waits for', () => {
  vi.useFakeTimers();
  const { reports, hear } = listen();
  hear(status(late()));
  hear(status({ run: '7f1f2a52-5c1d-4a58-9b0a-0d8a2b6f1c11', startedAt: 3_000 }));
  vi.advanceTimersByTime(3_000);
  expect(reports.map(({ report }) => report)).toMatchObject([
    { status: 'failed' },
    { status: 'running' },
  ]);
});

it('says the same news under the same id, and only once', () => {
  const { reports, hear } = listen();
  hear(status());
  hear(status({ duration: 50 }));
  hear(status({ status: 'passed', exitCode: 0 }));
  // After a reload, the sidecar tells of the newest run of each step.
  hear(status({ status: 'passed', exitCode: 0 }));
  expect(reports.map(({ report }) => report)).toMatchObject([
    { status: 'running' },
    { status: 'passed' },
  ]);
  // Another tab, which knows nothing of this one.
  const other = listen();
  other.hear(status({ status: 'passed', exitCode: 0 }));
  expect(other.reports[0]?.id).toBe(reports[1]?.id);
  expect(reports[0]?.id).not.toBe(reports[1]?.id);
});

it('tells that what has passed runs on, and when it does no more', () => {
  const { reports, hear } = listen();
  hear(status({ status: 'passed', background: true }));
  hear(status({ status: 'passed', background: true, duration: 50 }));
  hear(status({ status: 'passed', exitCode: 130 }));
  const told = reports.map(({ report }) => report);
  expect(told).toMatchObject([{ status: 'passed', background: true }, { status: 'passed' }]);
  expect(told[1]).not.toHaveProperty('background');
});

it('has an id for each news of each run that the hub takes', () => {
  const all = (
    ['running', 'background', 'passed', 'failed', 'stopped', 'unknown', 'refused'] as const
  ).map((each) => reportId(RUN, each));
  expect(new Set([...all, RUN]).size).toBe(8);
});

it('says nothing of what ran before its reader came, and nothing of recordings', () => {
  const { reports, hear } = listen();
  hear(status({ startedAt: 999, status: 'failed', exitCode: 1 }));
  expect(reports).toEqual([]);
  const recorded = listen({ recorded: true });
  recorded.hear(status({ status: 'passed' }));
  expect(recorded.reports).toEqual([]);
});

it('tells why a run did not begin, and nobody of a click that was one too many', () => {
  const { reporter, reports, hear } = listen();
  const start = { type: 'run.start', run: RUN, step: 'topics/list', cols: 80, rows: 24 } as const;
  reporter.handleStart?.(start);
  hear({ type: 'error', code: 'busy', run: RUN, message: '이미 실행 중입니다.' });
  expect(reports).toEqual([]);
  hear({ type: 'error', code: 'cluster-down', run: RUN, message: '클러스터가 꺼져 있습니다.' });
  expect(reports.map(({ report }) => report)).toMatchObject([
    { status: 'refused', reason: { kind: 'cluster-down', text: '클러스터가 꺼져 있습니다.' } },
  ]);
});

it('does not take what is said of a run that goes on for the end of it', () => {
  const { reporter, reports, print, hear } = listen();
  reporter.handleStart?.({
    type: 'run.start',
    run: RUN,
    step: 'topics/list',
    cols: 80,
    rows: 24,
  });
  print('$ ');
  hear({ type: 'error', code: 'cluster-down', run: RUN, message: '클러스터가 꺼져 있습니다.' });
  expect(reports).toEqual([]);
});

it.each<[Partial<RunStatus>, string, object | null]>([
  [{ status: 'passed' }, '', null],
  [{ status: 'stopped' }, '', null],
  [{ status: 'unknown' }, '', { kind: 'unknown' }],
  [
    {
      status: 'failed',
      exitCode: 0,
      check: { state: 'missed', reason: 'kafka1이 꺼져 있습니다.' },
    },
    '',
    { kind: 'check', text: 'kafka1이 꺼져 있습니다.' },
  ],
  [{ status: 'failed', exitCode: 7 }, '', { kind: 'exit', text: '종료 코드 7' }],
  [{ status: 'failed', exitCode: 0 }, '', { kind: 'other' }],
  [
    { status: 'failed', exitCode: 1 },
    'Bind for 0.0.0.0:9093 failed: port is already allocated',
    { kind: 'port-taken' },
  ],
  [
    { status: 'failed', exitCode: 1 },
    'lab: 이 실습실의 것이 아닌 kafka1 컨테이너(이미지 a/b:1, Up 3 hours)가 이미 있어 이름이 겹칩니다.',
    { kind: 'container-name' },
  ],
  [
    { status: 'failed', exitCode: 1 },
    'Conflict. The container name "/kafka1" is already in use by container "0123abcd".',
    { kind: 'container-name' },
  ],
  [
    { status: 'failed', exitCode: 1 },
    'lab: Docker 엔진(unix:///var/run/docker.sock)이 응답하지 않습니다.',
    { kind: 'docker-down' },
  ],
  [
    { status: 'failed', exitCode: 1 },
    "Error: Topic 'orders' does not exist as expected",
    { kind: 'no-topic' },
  ],
  ...(
    [
      ['복제 팩터 3만큼의 브로커가 없습니다. … (INVALID_REPLICATION_FACTOR)', 'few-brokers'],
      ['토픽 orders: 다른 모양으로 이미 있습니다. 있는 것: 파티션 2개', 'topic-exists'],
      [`lab: ${isExited('kafka2')}`, 'no-broker'],
      [`lab: ${isAbsent('kafka2')}`, 'no-container'],
      [`lab: ${isPaused('kafka2')}`, 'paused'],
      ['lab: 클러스터가 아직 없습니다. docker-compose up -d 로', 'no-cluster'],
      ['이미지를 받지 못했습니다: a/b:1. 인터넷 연결을', 'image'],
      ['write /data/x: No space left on device', 'disk'],
      ['브로커가 제때 답하지 않았습니다. … (KafkaJSConnectionError)', 'no-answer'],
      ['Connection to node 1 (/127.0.0.1:9092) could not be established', 'no-answer'],
    ] as const
  ).map(([printed, kind]): [Partial<RunStatus>, string, object] => [
    { status: 'failed', exitCode: 1 },
    printed,
    { kind },
  ]),
])('%j that printed %j has the reason %j', (changes, printed, reason) => {
  const found = reasonOf(status(changes), printed);
  if (reason === null) expect(found).toBeNull();
  else expect(found).toMatchObject(reason);
});

it('keeps to itself where its reader’s files are', () => {
  expect(withoutPaths('Java: 17.0.9 (/home/kim/.sdkman/java)')).toBe('Java: 17.0.9');
  expect(withoutPaths('Docker 엔진: 29.1 (unix:///var/run/docker.sock)')).toBe('Docker 엔진: 29.1');
  expect(withoutPaths('KAFKA_HOME(/home/kim/kafka)에서 Kafka를')).toBe('KAFKA_HOME에서 Kafka를');
  expect(withoutPaths('Docker 엔진(unix:///home/kim/d.sock)이 답하지')).toBe(
    'Docker 엔진이 답하지',
  );
  expect(withoutPaths('/Users/kim/lab/.lab 폴더에 쓸 수 없습니다.')).toBe(
    '… 폴더에 쓸 수 없습니다.',
  );
  expect(withoutPaths('C:\\Users\\kim\\lab 폴더')).toBe('… 폴더');
  expect(withoutPaths('포트: 9092(java) 사용 중. 1/3')).toBe('포트: 9092(java) 사용 중. 1/3');
});
