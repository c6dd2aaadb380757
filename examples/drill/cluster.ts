/** The cluster as the drill sees it, and its hands on the brokers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DRILL_MARK } from '../../server/drill-lock.ts';
import { aliveBrokers, type PartitionState, partitionsOf } from '../../server/kafka/metadata.ts';
import { Refusal } from '../refusal.ts';

export const BROKERS = [1, 2, 3] as const;
export type BrokerId = (typeof BROKERS)[number];

export const nameOf = (id: number): string => `kafka${id}`;
const portOf = (id: BrokerId): number => 9091 + id;

const ANSWER = { timeout: 2_000 };
const POLL_MS = 50;

/** Waits until `ready` gives something. @throws Refusal with `reason` after `deadline` ms. */
export const waitUntil = async <T>(
  ready: () => Promise<T | undefined | false>,
  { deadline, reason, abort }: { deadline: number; reason: () => string; abort: AbortSignal },
): Promise<T> => {
  const until = performance.now() + deadline;
  for (;;) {
    abort.throwIfAborted();
    const value = await ready();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > until) throw new Refusal(reason());
    await setTimeout(POLL_MS, undefined, { signal: abort });
  }
};

/** None when each broker lists all three; else those who do not answer, or whom somebody misses. */
const missingBrokers = async (): Promise<readonly BrokerId[]> => {
  const known = await Promise.all(
    BROKERS.map((id) => aliveBrokers(portOf(id), ANSWER).catch(() => undefined)),
  );
  const answering = known.filter((alive) => alive !== undefined);
  return BROKERS.filter(
    (id, index) => known[index] === undefined || answering.some((alive) => !alive.has(id)),
  );
};

/** Milliseconds that a cluster has to become whole. */
const WHOLE = 60_000;

export const NOT_STARTED = {
  hint: '일부러 멈춰 둔 브로커라면 이 테스트를 중지하고 먼저 다시 시작해 주세요.',
  failure: '클러스터가 온전하지 않아 시작하지 않았습니다.',
};
export const NOT_RESTORED = { failure: '멈춘 브로커를 모두 되돌리지는 못했습니다.' };

/**
 * Says who is missing, and the `hint`.
 *
 * @throws Refusal that begins with the `failure`.
 */
export const awaitWhole = async (
  abort: AbortSignal,
  { hint, failure }: { hint?: string; failure: string },
): Promise<void> => {
  abort.throwIfAborted();
  let missing = await missingBrokers();
  if (missing.length === 0) return;
  const names = (): string => missing.map(nameOf).join(', ');
  console.log(`브로커 세 대가 모두 준비되기를 기다립니다(최대 60초): ${names()}`);
  if (hint !== undefined) console.log(hint);
  await waitUntil(
    async () => {
      missing = await missingBrokers();
      return missing.length === 0;
    },
    {
      deadline: WHOLE,
      abort,
      reason: () =>
        `${failure} 준비되지 않은 브로커: ${names()}. docker-compose up -d 로 모두 시작한 뒤(일시 정지했다면 docker unpause 로 다시 움직이게 한 뒤) 다시 실행해 주세요.`,
    },
  );
};

/** As any broker that answers knows them. */
export const describeTopic = async (topic: string): Promise<readonly PartitionState[]> => {
  for (const id of BROKERS) {
    const partitions = await partitionsOf(portOf(id), topic, ANSWER).catch(() => []);
    if (partitions.length > 0) return partitions;
  }
  return [];
};

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

/**
 * `docker stop kafka1` and its like, on whichever lab this is. In a process group of its own: a
 * Ctrl+C that ends the drill must not keep it from putting the brokers back.
 *
 * @throws Refusal with the lab's own words; AbortError where Ctrl+C ended it all the same.
 */
export const docker = async (
  verb: 'stop' | 'kill' | 'start',
  ids: readonly number[],
): Promise<void> => {
  const words = ['docker', verb, ...ids.map(nameOf)];
  console.log(`$ ${words.join(' ')}`);
  const child = spawn(process.execPath, [CLI, ...words], {
    detached: true,
    env: { ...process.env, [DRILL_MARK]: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code, signal] = await once(child, 'close');
  // Ctrl+C came in the moment before it had a group of its own: that is no failure.
  if (signal === 'SIGINT') throw new DOMException(`${words.join(' ')}: SIGINT`, 'AbortError');
  if (code !== 0)
    throw new Refusal(
      `${words.join(' ')}: 실패했습니다.\n${complaint.replace(/^lab: /gm, '').trim()}`,
    );
};
