/** Kafka UI beside the cluster: compose gives up a whole `up` when its image cannot be had. */
import { complain } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { takenPorts } from '../ports.ts';
import { compose } from './compose.ts';
import type { Census } from './containers.ts';
import { pullMissing } from './pull.ts';
import { PORTS, type Site } from './site.ts';

const FINE = '클러스터와 교재의 명령은 그대로 쓸 수 있습니다.';

export interface KafkaUi {
  /** It was started, or it was said why not. Never rejects. */
  readonly settled: Promise<void>;
  /** Settles soon, whatever is still on its way. */
  giveUp(): Promise<void>;
}

/** Starts it, or says plainly why not: the lab is whole without it. */
export const startKafkaUi = (
  site: Site,
  before: Census,
  stdio: Stdio,
  abort: AbortSignal,
): KafkaUi => {
  const controller = new AbortController();
  const given = AbortSignal.any([abort, controller.signal]);
  const settled = start(site, before, stdio, given).then(
    (problem) => {
      if (problem !== undefined) complain(stdio, ` ! ${problem} ${FINE}`);
    },
    () => {
      if (!abort.aborted) complain(stdio, ` ! Kafka UI는 시작하지 않았습니다.`);
    },
  );
  return {
    settled,
    giveUp: () => {
      controller.abort();
      return settled;
    },
  };
};

const start = async (
  site: Site,
  before: Census,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<string | undefined> => {
  const state = before.ours.get('kafka-ui')?.state;
  if (state === 'running' || state === 'paused') return undefined;
  const [taken] = await takenPorts([PORTS['kafka-ui']]);
  if (taken !== undefined) {
    const holder = taken.holder ?? '다른 프로그램';
    return `Kafka UI는 시작하지 않았습니다: ${taken.port}번 포트를 쓰는 것은 ${holder}입니다.`;
  }
  const [lacking] = await pullMissing(site, ['kafka-ui'], stdio, abort);
  if (lacking !== undefined) {
    return `Kafka UI를 시작하지 못했습니다: ${lacking.image} 이미지를 받지 못했습니다.`;
  }
  // Its brokers run: without `--no-deps`, compose would look after them once more.
  const code = await compose(site, ['up', '-d', '--no-deps', 'kafka-ui'], stdio, abort);
  return code === 0 ? undefined : 'Kafka UI를 시작하지 못했습니다. 이유는 위의 출력에 있습니다.';
};
