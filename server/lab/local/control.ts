/** `docker start`, `stop`, `restart`, `kill`, `pause` and `unpause`. */
import { setTimeout } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import { inTurn, type Refusal } from '../in-turn.ts';
import {
  complain,
  HOW_TO_START,
  isExited,
  isPaused,
  OTHER_WINDOW,
  subject,
  WAITING_FOR_SESSION,
} from '../korean.ts';
import { type Container, isBroker, type Stdio, type Verb } from '../lab.ts';
import { takenPorts } from '../ports.ts';
import { EXPIRY_MS } from '../zookeeper.ts';
import { type Observed, observe, observeOne } from './containers.ts';
import { GRACE_MS, tookTooLong } from './down.ts';
import { halt, send } from './halt.ts';
import { launch } from './launch.ts';
import { withLock } from './lock.ts';
import { mayBeRegistered } from './registration.ts';
import { knownRuntime } from './runtime.ts';
import { portsOf, type Site } from './site.ts';

type Act = (site: Site, container: Observed, stdio: Stdio, abort: AbortSignal) => Promise<Refusal>;

export const control = async (
  site: Site,
  verb: Verb,
  names: readonly Container[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> => {
  if ((await observe(site)).every(({ state }) => state === 'absent')) {
    throw new LabError('cluster-down', `클러스터가 아직 없습니다. ${HOW_TO_START}`);
  }
  return inTurn(names, stdio, (name) => once(site, verb, name, stdio, abort));
};

const once = async (
  site: Site,
  verb: Verb,
  name: Container,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<Refusal> => {
  const waiting = (): void => complain(stdio, OTHER_WINDOW);
  const attempt = (): Promise<Refusal> =>
    withLock(site, { abort, waiting }, async () => {
      const container = await observeOne(site, name);
      if (container.state === 'absent') return `${subject(name)} 없습니다. ${HOW_TO_START}`;
      return ACTS[verb](site, container, stdio, abort);
    });
  const refusal = await attempt();
  if (refusal !== WAITING_FOR_SESSION) return refusal;
  complain(stdio, `${name}: ${WAITING_FOR_SESSION}`);
  const deadline = performance.now() + EXPIRY_MS;
  while (performance.now() < deadline) {
    // Not under the lock: until the session expires, others may act on the other containers.
    await setTimeout(POLL_MS, undefined, { signal: abort });
    const again = await attempt();
    if (again !== WAITING_FOR_SESSION) return again;
  }
  return `${name}의 이전 ZooKeeper 세션이 ${EXPIRY_MS / 1000}초가 지나도 만료되지 않았습니다. docker logs zookeeper 로 ZooKeeper의 상태를 확인하세요.`;
};

const POLL_MS = 250;

const start: Act = async (site, { name, state, record }) => {
  if (state === 'running') return undefined;
  if (state === 'paused') return isPaused(name);
  const taken = await takenPorts(portsOf(site, name));
  if (taken.length > 0) {
    const list = taken.map(({ port, holder }) =>
      holder === undefined ? `${port}` : `${port}: ${holder}`,
    );
    return `${name}의 포트를 다른 프로그램이 쓰고 있습니다(${list.join(', ')}). 그 프로그램을 끝낸 뒤 다시 시도하세요.`;
  }
  if (isBroker(name) && (await mayBeRegistered(site, name))) return WAITING_FOR_SESSION;
  launch(site, knownRuntime(site), name, { owner: record?.owner ?? site.owner, fresh: false });
  return undefined;
};

const stop: Act = async (site, container, stdio, abort) => {
  const ended = (name: Container, forced: boolean): void => {
    if (forced) complain(stdio, tookTooLong(name));
  };
  await halt(site, [container], { grace: GRACE_MS, abort, ended });
  return undefined;
};

const restart: Act = async (site, container, stdio, abort) => {
  if (container.state !== 'exited') await stop(site, container, stdio, abort);
  return start(site, await observeOne(site, container.name), stdio, abort);
};

const kill: Act = async (site, container, _stdio, abort) => {
  if (container.state === 'exited') return isExited(container.name);
  await halt(site, [container], { grace: 0, abort });
  return undefined;
};

const pause: Act = async (site, container, _stdio, abort) => {
  if (container.state === 'exited') return isExited(container.name);
  if (container.state === 'paused')
    return `${subject(container.name)} 이미 일시 정지되어 있습니다.`;
  return signalUntil(site, container, 'SIGSTOP', 'paused', abort);
};

const unpause: Act = async (site, container, _stdio, abort) => {
  if (container.state !== 'paused')
    return `${subject(container.name)} 일시 정지된 상태가 아닙니다.`;
  return signalUntil(site, container, 'SIGCONT', 'running', abort);
};

const ACTS: Record<Verb, Act> = { start, stop, restart, kill, pause, unpause };

/** A stopped process is seen to be stopped a moment after the signal. */
const signalUntil = async (
  site: Site,
  { name, record }: Observed,
  signal: NodeJS.Signals,
  wanted: Observed['state'],
  abort: AbortSignal,
): Promise<Refusal> => {
  if (record !== undefined) send(record.pid, signal);
  for (;;) {
    const { state } = await observeOne(site, name);
    if (state === wanted) return undefined;
    if (state === 'exited') return isExited(name);
    await setTimeout(10, undefined, { signal: abort });
  }
};
