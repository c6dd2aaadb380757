/** `docker-compose up -d`, and then the wait until the cluster is whole. */

import { LabError } from '../../errors.ts';
import { complain, OTHER_WINDOW, say, seconds, UNDONE } from '../korean.ts';
import { CONTAINERS, type Container, type Stdio } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { takenPorts } from '../ports.ts';
import { makeArchives } from './archive.ts';
import { type Census, census, stateOf } from './containers.ts';
import { type KafkaUi, startKafkaUi } from './kafka-ui.ts';
import { withLock } from './lock.ts';
import { intend, own, settle } from './owned.ts';
import { awaitCluster } from './ready.ts';
import { PORTS, type Site } from './site.ts';
import { complainOf, reviver, startContainers } from './start.ts';
import { refuseStrangers } from './strangers.ts';
import { undo } from './undo.ts';

export const up = (site: Site, stdio: Stdio, abort: AbortSignal): Promise<number> =>
  withLock(site, { abort, waiting: () => say(stdio, OTHER_WINDOW) }, async () => {
    const before = await census(site);
    settle(site, before);
    const paused = CONTAINERS.filter((name) => stateOf(before, name) === 'paused');
    if (paused.length > 0) {
      complain(
        stdio,
        `일시 정지된 컨테이너가 있습니다. 먼저 docker unpause ${paused.join(' ')} 로 다시 움직이게 하세요.`,
      );
      return 1;
    }
    const missing = CONTAINERS.filter((name) => stateOf(before, name) !== 'running');
    // Before anything is downloaded or started.
    refuseStrangers(before);
    await refuseTakenPorts(missing, before);
    for (const name of CONTAINERS) {
      if (!missing.includes(name)) say(stdio, ` ✔ ${name} 실행 중`);
    }
    return start(site, before, missing, stdio, abort);
  });

const refuseTakenPorts = async (
  missing: readonly Container[],
  { published }: Census,
): Promise<void> => {
  const taken = await takenPorts(missing.map((name) => PORTS[name]));
  if (taken.length === 0) return;
  const list = taken.map(({ port, holder }) => {
    const container = published.get(port);
    const who = container === undefined ? holder : `컨테이너 ${container}`;
    return `${port}번${who === undefined ? '' : `은 ${who}`}`;
  });
  throw new LabError(
    'unavailable',
    `필요한 포트를 다른 프로그램이 쓰고 있습니다: ${list.join(', ')}. 그 프로그램을 끝낸 뒤 다시 시도하세요. 아무것도 시작하지 않았습니다.`,
  );
};

const start = async (
  site: Site,
  before: Census,
  missing: readonly Container[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> => {
  let ui: KafkaUi | undefined;
  intend(site, before);
  try {
    if (missing.length > 0) await startContainers(site, before, missing, stdio, abort);
    // Compose has waited for its health check, and the brokers after it.
    if (missing.includes('zookeeper')) say(stdio, ' ✔ zookeeper 준비됨');
    const since = performance.now();
    const seen = await census(site);
    ui = startKafkaUi(site, before, stdio, abort);
    await awaitCluster(site, {
      abort,
      ready: (name) => {
        if (missing.includes(name))
          say(stdio, ` ✔ ${name} 준비됨  ${seconds(performance.now() - since)}`);
      },
      revive: reviver(site, stdio, abort),
    });
    say(stdio, '브로커 3대가 모두 클러스터에 등록되었습니다.');
    await makeArchives(await site.engine(), seen);
  } catch (error) {
    await ui?.giveUp();
    if (error instanceof NotReady) await complainOf(site, error, stdio);
    await undo(site, before);
    settle(site, await census(site));
    complain(stdio, UNDONE);
    if (!(error instanceof NotReady)) throw error;
    return 1;
  }
  // Its image may still be on its way. The cluster is whole, and stays, also after Ctrl+C.
  await ui.settled;
  const now = await census(site);
  if (missing.length === CONTAINERS.length) own(site, now);
  else settle(site, now);
  return 0;
};
