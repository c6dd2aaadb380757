/** `docker-compose up -d`: starts what does not run, and waits until the cluster is whole. */
import { LabError } from '../../errors.ts';
import { isOtherCluster, OTHER_CLUSTER } from '../cluster-id.ts';
import { complain, OTHER_WINDOW, say, seconds, UNDONE, WAITING_FOR_SESSION } from '../korean.ts';
import { CONTAINERS, type Container, isBroker, type Stdio } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { takenPorts } from '../ports.ts';
import { writeConfig } from './config.ts';
import { type Observed, observe } from './containers.ts';
import { halt } from './halt.ts';
import { launch } from './launch.ts';
import { withLock } from './lock.ts';
import { lastLines } from './logs.ts';
import { awaitCluster, awaitZookeeper, firstEnded } from './ready.ts';
import { type ContainerRecord, removeRecord, writeRecord } from './record.ts';
import { expired, mayBeRegistered } from './registration.ts';
import { prepareRuntime, type Runtime } from './runtime.ts';
import { at, portsOf, type Site } from './site.ts';
import { endStrays } from './strays.ts';
import { archiveTools } from './tools.ts';

export const up = (site: Site, stdio: Stdio, abort: AbortSignal): Promise<number> =>
  withLock(site, { abort, waiting: () => say(stdio, OTHER_WINDOW) }, async () => {
    const before = await observe(site);
    const paused = before.filter(({ state }) => state === 'paused').map(({ name }) => name);
    if (paused.length > 0) {
      complain(
        stdio,
        `일시 정지된 컨테이너가 있습니다. 먼저 docker unpause ${paused.join(' ')} 로 다시 움직이게 하세요.`,
      );
      return 1;
    }
    const missing = before.filter(({ state }) => state !== 'running');
    for (const { name, state } of before) {
      if (state === 'running') say(stdio, ` ✔ ${name} 실행 중`);
    }
    if (missing.length === 0) {
      const expected = new Set(CONTAINERS);
      const whole = () => awaitCluster(site, { abort, expected, ready: () => {} });
      return (await succeeds(site, stdio, whole)) ? 0 : 1;
    }

    if ((await endStrays(site, before, STRAY_GRACE_MS)) > 0) {
      say(stdio, ' • 기록 없이 남아 있던 이전 클러스터를 정리했습니다.');
    }
    // Before anything is downloaded or started.
    await refuseTakenPorts(site, missing);
    const runtime = await prepareRuntime(site, stdio, abort);
    writeConfig(site);
    return startAll(site, runtime, missing, stdio, abort);
  });

/** Their `.lab` was emptied while they ran: there is little that they could still save. */
const STRAY_GRACE_MS = 5_000;

const refuseTakenPorts = async (site: Site, missing: readonly Observed[]): Promise<void> => {
  const taken = await takenPorts(missing.flatMap(({ name }) => portsOf(site, name)));
  if (taken.length === 0) return;
  const list = taken.map(
    ({ port, holder }) => `${port}번${holder === undefined ? '' : `은 ${holder}`}`,
  );
  throw new LabError(
    'unavailable',
    `필요한 포트를 다른 프로그램이 쓰고 있습니다: ${list.join(', ')}. 그 프로그램을 끝낸 뒤 다시 시도하세요. 아무것도 시작하지 않았습니다.`,
  );
};

const startAll = async (
  site: Site,
  runtime: Runtime,
  missing: readonly Observed[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> => {
  say(stdio, ` • Kafka ${runtime.kafkaVersion}, Java ${runtime.javaVersion}`);
  const started = new Map<Container, ContainerRecord>();
  const isWhole = missing.length === CONTAINERS.length;
  const expected = new Set(CONTAINERS.filter((name) => missing.every((one) => one.name !== name)));
  const start = ({ name, record }: Observed): void => {
    abort.throwIfAborted();
    // Whoever starts a cluster of which nothing runs has made it anew, on the same data.
    const owner = (isWhole ? undefined : record?.owner) ?? site.owner;
    started.set(name, launch(site, runtime, name, { owner, fresh: record === undefined }));
    expected.add(name);
    say(stdio, ` • ${name} 시작`);
  };
  const ready = (name: Container): void => {
    const record = started.get(name);
    if (record === undefined) return;
    say(stdio, ` ✔ ${name} 준비됨  ${seconds(Date.now() - record.startedAt)}`);
  };
  const zookeepers = missing.filter(({ name }) => !isBroker(name));
  const brokers = missing.filter(({ name }) => isBroker(name));
  const begin = async (): Promise<void> => {
    // A client that connects between ZooKeeper's opening of its port and its readiness may be left
    // hanging for the 18 s of its session, and the broker dies of it (measured: 1 start in 20).
    for (const zookeeper of zookeepers) start(zookeeper);
    await awaitZookeeper(site, { abort, expected, ready });
    const held: Observed[] = [];
    for (const broker of brokers) {
      if (isBroker(broker.name) && (await mayBeRegistered(site, broker.name))) held.push(broker);
      else start(broker);
    }
    await awaitExpiry(site, held, expected, stdio, abort);
    for (const broker of held) start(broker);
    await awaitCluster(site, { abort, expected, ready });
  };
  try {
    if (await succeeds(site, stdio, begin)) {
      await archiveTools(site, runtime, abort);
      return 0;
    }
  } catch (error) {
    await undo(site, missing, started);
    complain(stdio, UNDONE);
    throw error;
  }
  await undo(site, missing, started);
  complain(stdio, UNDONE);
  return 1;
};

/** The old sessions of brokers that were killed; not if something else has gone wrong meanwhile. */
const awaitExpiry = async (
  site: Site,
  held: readonly Observed[],
  expected: ReadonlySet<Container>,
  stdio: Stdio,
  abort: AbortSignal,
): Promise<void> => {
  const names = held.map(({ name }) => name);
  await expired(site, names.filter(isBroker), {
    abort,
    waiting: () => say(stdio, ` • ${names.join(', ')}: ${WAITING_FOR_SESSION}`),
    hopeless: async () => (await firstEnded(site, expected)) !== undefined,
  });
};

/** Whether `begin` made the cluster whole; says so, or why not. */
const succeeds = async (site: Site, stdio: Stdio, begin: () => Promise<void>): Promise<boolean> => {
  try {
    await begin();
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    complain(stdio, error.message);
    for (const name of error.containers) {
      const log = await lastLines(site, name, 300);
      if (isOtherCluster(Buffer.from(log).toString())) complain(stdio, OTHER_CLUSTER);
      complain(stdio, `\n${name} 로그의 마지막 줄 (${at(site, 'logs', `${name}.log`)}):`);
      stdio.stderr(await lastLines(site, name, 20));
    }
    return false;
  }
  say(stdio, '브로커 3대가 모두 클러스터에 등록되었습니다.');
  return true;
};

/** Longer than a broker needs that has just started. */
const UNDO_GRACE_MS = 10_000;

/** What this call started, it stops; what it found is as it was. */
const undo = async (
  site: Site,
  missing: readonly Observed[],
  started: ReadonlyMap<Container, ContainerRecord>,
): Promise<void> => {
  const now = (await observe(site)).filter(({ name }) => started.has(name));
  const options = { grace: UNDO_GRACE_MS };
  await halt(
    site,
    now.filter(({ name }) => isBroker(name)),
    options,
  );
  await halt(
    site,
    now.filter(({ name }) => !isBroker(name)),
    options,
  );
  for (const { name, record } of missing) {
    if (!started.has(name)) continue;
    if (record === undefined) removeRecord(site, name);
    else writeRecord(site, name, record);
  }
};
