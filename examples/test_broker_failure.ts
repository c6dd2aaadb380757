/**
 * ./test_broker_failure.sh [--scenario 1|2|3|4|unclean] [--mode stop|kill] [--keep] [--ledger FILE]
 *
 * Stops brokers under a real load and proves, by reading everything back, whether a message was
 * lost. Asks which scenario, unless it is told. Exit code 0 when the outcome is the expected one.
 */
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { takeDrillLock } from '../server/drill-lock.ts';
import type { Lock } from '../server/lock.ts';
import type { Ledger } from '../server/program-events.ts';
import { HOME } from '../server/settings.ts';
import { type DrillOptions, parseDrillOptions, type Scenario } from './arguments.ts';
import { createKafka, typeOf } from './connection.ts';
import { awaitWhole, NOT_STARTED } from './drill/cluster.ts';
import { type Result, removeLeftovers } from './drill/drill.ts';
import { VERDICT } from './drill/report.ts';
import {
  type Context,
  leaderBroker,
  singleBroker,
  twoBrokers,
  uncleanElection,
} from './drill/scenarios.ts';
import { Refusal, run } from './refusal.ts';
import { stopSignal } from './stopping.ts';

interface Plan {
  readonly title: string;
  readonly run: (context: Context) => Promise<Result>;
  readonly expected: Ledger['verdict'];
}

const PLANS: Record<Exclude<Scenario, '4'>, Plan> = {
  '1': { title: '단일 브로커 장애 테스트', run: singleBroker, expected: 'no loss' },
  '2': { title: '다중 브로커 장애 테스트', run: twoBrokers, expected: 'no loss' },
  '3': { title: '리더 브로커 장애 테스트', run: leaderBroker, expected: 'no loss' },
  unclean: { title: 'Unclean 리더 선출', run: uncleanElection, expected: 'loss' },
};

const MENU = `
브로커 장애 테스트
  1. 단일 브로커 장애 테스트 (한 개의 브로커 중단)
  2. 다중 브로커 장애 테스트 (두 개의 브로커 중단)
  3. 리더 브로커 장애 테스트 (파티션 리더를 포함한 브로커 중단)
  4. 모든 시나리오 실행
  0. 끝내기
`;

/** However often Ctrl+C comes, the brokers are put back first. */
const abort = stopSignal(() => {});
abort.addEventListener('abort', () => {
  console.log('\n그만둡니다. 멈춘 브로커가 있으면 되돌려 놓습니다…');
});

/** `undefined` to end without a drill. */
const ask = async (): Promise<Scenario | undefined> => {
  console.log(MENU);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ended = new Promise<undefined>((resolve) =>
    terminal.once('close', () => resolve(undefined)),
  );
  try {
    for (;;) {
      const question = terminal.question('선택하세요 (0-4): ', { signal: abort });
      const answer = (await Promise.race([question, ended]))?.trim();
      if (answer === undefined || answer === '0') return undefined;
      if (answer === '1' || answer === '2' || answer === '3' || answer === '4') return answer;
      console.log('0에서 4 사이의 숫자를 입력해 주세요.');
    }
  } finally {
    terminal.close();
  }
};

const drill = async (options: DrillOptions): Promise<void> => {
  const scenario = options.scenario ?? (await ask());
  if (scenario === undefined) return;
  // At once, rather than after a wait for the brokers that the other drill has stopped.
  takeLock().release();
  // Before it has the lock, which keeps everybody else from starting what is missing.
  await awaitWhole(abort, NOT_STARTED);
  const lock = takeLock();
  try {
    await perform(scenario, options);
  } finally {
    lock.release();
  }
};

/** @throws Refusal while another drill runs. */
const takeLock = (): Lock => {
  const lock = takeDrillLock(HOME);
  if (lock === undefined) {
    throw new Refusal('다른 창에서 장애 훈련이 진행 중입니다. 끝난 뒤에 다시 실행해 주세요.');
  }
  return lock;
};

const perform = async (scenario: Scenario, options: DrillOptions): Promise<void> => {
  const kafka = createKafka('test_broker_failure', 60);
  const results: (Result & { readonly scenario: string; readonly asExpected: boolean })[] = [];
  try {
    // It is no reason not to start.
    await removeLeftovers(kafka).catch(() => {});
    const chosen = scenario === '4' ? (['1', '2', '3'] as const) : [scenario];
    for (const name of chosen) {
      const plan = PLANS[name];
      const how =
        options.mode === 'stop' ? 'docker stop: 통제된 종료' : 'docker kill: 갑작스러운 종료';
      console.log(`\n━━ ${plan.title} (${how})`);
      const result = await plan.run({ kafka, options, abort });
      const { verdict, duplicated, outOfOrder, foreign } = result.ledger;
      const clean = duplicated + outOfOrder + foreign === 0;
      const asExpected = verdict === plan.expected && clean;
      if (plan.expected === 'loss') {
        console.log(
          asExpected
            ? '예상한 결과입니다. 이 원장은 유실이 있으면 있다고 말합니다.'
            : '예상과 다릅니다. 유실이 있어야 하는데 원장에 나타나지 않았습니다.',
        );
      }
      results.push({ scenario: name, asExpected, ...result });
    }
    if (results.length > 1) {
      console.log('\n━━ 모든 시나리오의 판정');
      for (const { scenario: name, ledger, asExpected } of results) {
        console.log(`   ${name}  ${VERDICT[ledger.verdict]}${asExpected ? '' : '  (예상과 다름)'}`);
      }
    }
  } finally {
    if (options.ledger !== undefined && results.length > 0) {
      await writeFile(options.ledger, `${JSON.stringify(results, null, 2)}\n`);
    }
  }
  if (results.some(({ asExpected }) => !asExpected)) process.exitCode = 1;
};

await run(async () => {
  const options = parseDrillOptions(process.argv.slice(2));
  try {
    await drill(options);
  } catch (error) {
    if (abort.aborted && !(error instanceof Refusal)) {
      process.exitCode = 130;
      return;
    }
    if (typeOf(error) !== undefined) throw new Refusal(`Kafka가 거절했습니다: ${typeOf(error)}`);
    throw error;
  }
});
