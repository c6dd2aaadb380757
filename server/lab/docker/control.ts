/** `docker start`, `stop`, `restart`, `kill`, `pause` and `unpause`. */
import { LabError } from '../../errors.ts';
import { inTurn, type Refusal } from '../in-turn.ts';
import {
  complain,
  HOW_TO_START,
  isAbsent,
  isExited,
  isPaused,
  subject,
  WAITING_FOR_SESSION,
} from '../korean.ts';
import { CONTAINERS, type Container, isBroker, type Stdio, type Verb } from '../lab.ts';
import { takenPorts } from '../ports.ts';
import { EXPIRY_MS } from '../zookeeper.ts';
import { census, stateOf } from './containers.ts';
import { ask, type Engine, refusalOf } from './engine.ts';
import { awaitExpiry, mayBeRegistered } from './registration.ts';
import { PORTS, type Site } from './site.ts';

interface Target {
  readonly site: Site;
  readonly engine: Engine;
  readonly name: Container;
  readonly id: string;
  readonly state: 'running' | 'paused' | 'exited';
  readonly stdio: Stdio;
  readonly abort: AbortSignal;
}

type Act = (target: Target) => Promise<Refusal>;

export const control = async (
  site: Site,
  verb: Verb,
  names: readonly Container[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> => {
  const before = await census(site);
  if (CONTAINERS.every((name) => stateOf(before, name) === 'absent')) {
    throw new LabError('cluster-down', `클러스터가 아직 없습니다. ${HOW_TO_START}`);
  }
  return inTurn(names, stdio, (name) => once(site, verb, name, stdio, abort));
};

/** Milliseconds: a broker may save its data for as long as the compose file lets it, twice. */
const DONE = 180_000;

/** Without the lab's lock: the engine itself takes one request for a container at a time. */
const once = async (
  site: Site,
  verb: Verb,
  name: Container,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<Refusal> => {
  abort.throwIfAborted();
  const found = (await census(site)).ours.get(name);
  if (found === undefined) return isAbsent(name);
  const engine = await site.engine();
  const target = { site, engine, name, id: found.id, state: found.state, stdio, abort };
  try {
    return await ask(engine, () => ACTS[verb](target), DONE);
  } catch (error) {
    const status = refusalOf(error);
    // Somebody else was faster; or the engine has a reason of its own.
    if (status === 304) return undefined;
    if (status === undefined) throw error;
    return `${name}: ${error instanceof Error ? error.message.trim() : status}`;
  }
};

const containerOf = ({ engine, id }: Target) => engine.docker.getContainer(id);

const start: Act = async (target) => {
  const { site, engine, name, stdio, abort } = target;
  if (target.state === 'running') return undefined;
  if (target.state === 'paused') return isPaused(name);
  const [taken] = await takenPorts([PORTS[name]]);
  if (taken !== undefined) {
    const holder = taken.holder === undefined ? '' : `: ${taken.holder}`;
    return `${name}의 포트를 다른 프로그램이 쓰고 있습니다(${taken.port}${holder}). 그 프로그램을 끝낸 뒤 다시 시도하세요.`;
  }
  if (isBroker(name) && (await mayBeRegistered(engine, await census(site), name))) {
    const waiting = (): void => complain(stdio, `${name}: ${WAITING_FOR_SESSION}`);
    if (!(await awaitExpiry([name], { abort, waiting }))) {
      return `${name}의 이전 ZooKeeper 세션이 ${EXPIRY_MS / 1000}초가 지나도 만료되지 않았습니다. docker logs zookeeper 로 ZooKeeper의 상태를 확인하세요.`;
    }
  }
  await containerOf(target).start({ abortSignal: abort });
  return undefined;
};

/** Docker gives it the time that the compose file says, then kills it. */
const stop: Act = async (target) => {
  if (target.state === 'exited') return undefined;
  await containerOf(target).stop({ abortSignal: target.abort });
  const { State } = await containerOf(target).inspect();
  if (State.ExitCode === KILLED) {
    complain(
      target.stdio,
      `${subject(target.name)} 제시간에 끝나지 않아 강제로 끝냈습니다(SIGKILL).`,
    );
  }
  return undefined;
};

const KILLED = 137;

const restart: Act = async (target) => {
  await stop(target);
  return start({ ...target, state: 'exited' });
};

const kill: Act = async (target) => {
  if (target.state === 'exited') return isExited(target.name);
  await containerOf(target).kill();
  // Until it is seen to have ended: the next command may start it.
  await containerOf(target).wait({ condition: 'not-running', abortSignal: target.abort });
  return undefined;
};

const pause: Act = async (target) => {
  if (target.state === 'exited') return isExited(target.name);
  if (target.state === 'paused') return `${subject(target.name)} 이미 일시 정지되어 있습니다.`;
  await containerOf(target).pause();
  return undefined;
};

const unpause: Act = async (target) => {
  if (target.state !== 'paused') return `${subject(target.name)} 일시 정지된 상태가 아닙니다.`;
  await containerOf(target).unpause();
  return undefined;
};

const ACTS: Record<Verb, Act> = { start, stop, restart, kill, pause, unpause };
