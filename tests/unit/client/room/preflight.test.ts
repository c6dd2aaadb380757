import { expect, it, onTestFinished, vi } from 'vitest';
import { createPreflight, type Findings } from '../../../../src/client/room/preflight.ts';

const good = { kind: 'java', good: true, text: 'Java: 17.0.9' };
const memory = (megabytes: number) => ({
  kind: 'memory',
  good: true,
  text: `메모리: ${megabytes} MB 남음`,
});
const taken = (who: string) => ({
  kind: 'ports',
  good: false,
  text: `9092 포트가 이미 사용 중입니다. 쓰는 프로그램: 9092 ${who}.`,
});

/** A computer of which a doctor finds these; `after` so many milliseconds. */
const openComputer = (known?: Findings) => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { href: 'http://127.0.0.1:4321/topics/' });
  let findings: Findings = [];
  const doctor = vi.fn(async () => Response.json({ lab: 'local', needed: findings, other: [] }));
  vi.stubGlobal('fetch', doctor);
  const told: Findings[] = known === undefined ? [] : [known];
  const preflight = createPreflight({
    last: () => told.at(-1),
    report: (found) => told.push(found),
  });
  onTestFinished(() => {
    preflight.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  return {
    preflight,
    told,
    doctor,
    has: (...found: Findings) => {
      findings = found;
    },
    after: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
};

it('looks again at what was bad when there is news, and tells that it is good', async () => {
  const { preflight, told, has, after } = openComputer();
  has(good, taken('node'));
  preflight.handleNews();
  await after(0);
  has(good, { kind: 'ports', good: true, text: '포트: 모두 비어 있음' });
  preflight.handleNews();
  await after(10_000);
  expect(told.map((each) => each.map((finding) => finding.good))).toEqual([
    [true, false],
    [true, true],
  ]);
});

it('looks no more once all is good, and not at all where another page has found so', async () => {
  const { preflight, doctor, after } = openComputer([good]);
  preflight.handleNews();
  await after(60_000);
  expect(doctor).not.toHaveBeenCalled();
});

it('looks again at what was good when a run has failed, and tells what is bad by now', async () => {
  const { preflight, told, has, after } = openComputer([good]);
  has(good, taken('node'));
  preflight.handleFailure();
  preflight.handleFailure();
  await after(0);
  expect(told).toEqual([[good], [good, taken('node')]]);
});

it('looks once in a while, however much news there is, and tells what has not changed once', async () => {
  const { preflight, told, doctor, has, after } = openComputer();
  for (let second = 0; second < 25; second += 1) {
    has(memory(900 + second), taken('node'));
    preflight.handleNews();
    await after(1_000);
  }
  expect(doctor).toHaveBeenCalledTimes(3);
  expect(told).toHaveLength(1);
  // Whoever asks for it is heard.
  await preflight.look();
  expect(told).toHaveLength(2);
});

it('tells what holds a port, and not its number on this computer', async () => {
  const { preflight, told, has } = openComputer();
  has(taken('node (pid 4654)'));
  await preflight.look();
  expect(told).toEqual([[taken('node')]]);
});

it('tells a class nothing after it was left', async () => {
  const { preflight, told, has } = openComputer();
  has(good);
  const looking = preflight.look();
  preflight.end();
  await looking;
  expect(told).toEqual([]);
});
