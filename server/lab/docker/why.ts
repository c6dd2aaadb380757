/** Why a container ended that should run: its exit code and its log, in words. */
import { isOtherCluster, OTHER_CLUSTER } from '../cluster-id.ts';
import type { Container } from '../lab.ts';
import type { Engine } from './engine.ts';
import { lastLines } from './logs.ts';

export interface Ending {
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  readonly log: string;
}

/** Far enough back for the reason: Kafka prints its shutdown after it. */
const LINES = 300;
const SHOWN = 20;

export const endingOf = async (engine: Engine, id: string): Promise<Ending> => {
  const { State } = await engine.docker.getContainer(id).inspect();
  const log = await lastLines(engine, id, LINES);
  return { exitCode: State.ExitCode, outOfMemory: State.OOMKilled, log };
};

/** It found the entry of its own old session in ZooKeeper. */
export const metItself = ({ log }: Ending): boolean => /NodeExists/.test(log);

/** What happened and what to do, then the last lines of its log. */
export const explainEnding = (name: Container, ending: Ending): string =>
  `${name}의 종료 코드는 ${ending.exitCode}입니다. ${reason(ending)}\n\n${quoteLog(name, ending.log)}`;

export const quoteLog = (name: Container, log: string): string =>
  `${name} 로그의 마지막 줄:\n${log.trimEnd().split('\n').slice(-SHOWN).join('\n')}`;

const reason = ({ exitCode, outOfMemory, log }: Ending): string => {
  if (isOtherCluster(log)) return OTHER_CLUSTER;
  if (/No space left on device/.test(log)) {
    return '디스크가 가득 찼습니다. docker system df 로 확인하고 자리를 만든 뒤 다시 시작하세요.';
  }
  if (outOfMemory || /OutOfMemoryError|insufficient memory/.test(log)) {
    return '메모리가 모자랍니다. Docker Desktop이라면 Settings → Resources에서 메모리를 4 GB 이상으로 늘리세요.';
  }
  if (exitCode === 137) {
    return '137은 강제로 끝났다는 뜻입니다(SIGKILL): 컴퓨터의 메모리가 모자라거나, 다른 창에서 docker kill 을 실행했습니다.';
  }
  return '이유는 아래 로그에 있습니다.';
};
