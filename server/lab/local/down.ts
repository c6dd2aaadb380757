/** `docker-compose down`: removes the containers; with `-v` what they have stored, too. */
import { existsSync, rmSync } from 'node:fs';
import { complain, leftByDown, OTHER_WINDOW, say, seconds, subject } from '../korean.ts';
import { type Container, isBroker, type Stdio } from '../lab.ts';
import { type Observed, observe } from './containers.ts';
import { halt } from './halt.ts';
import { withLock } from './lock.ts';
import { removeRecord } from './record.ts';
import { at, type Site } from './site.ts';
import { endStrays } from './strays.ts';

/** Measured: 1 to 4 s. A broker that cannot reach ZooKeeper never ends by itself. */
export const GRACE_MS = 30_000;

export const down = (
  site: Site,
  { volumes }: { readonly volumes: boolean },
  stdio: Stdio,
  abort: AbortSignal,
): Promise<number> =>
  withLock(site, { abort, waiting: () => say(stdio, OTHER_WINDOW) }, async () => {
    const containers = (await observe(site)).filter(({ state }) => state !== 'absent');
    const strays = await endStrays(site, containers, GRACE_MS);
    try {
      await remove(site, containers, stdio, abort);
    } catch (error) {
      if (abort.aborted) {
        const left = (await observe(site)).filter(({ state }) => state !== 'absent');
        complain(
          stdio,
          leftByDown(
            left.map(({ name }) => name),
            volumes,
          ),
        );
      }
      throw error;
    }
    const data = at(site, 'data');
    const stored = volumes && existsSync(data);
    if (stored) {
      rmSync(data, { recursive: true, force: true });
      say(stdio, ' ✔ 데이터 삭제됨');
    }
    if (containers.length + strays === 0 && !stored) say(stdio, '지울 컨테이너가 없습니다.');
    return 0;
  });

/** The caller holds the lock. Data stay. */
export const remove = async (
  site: Site,
  containers: readonly Observed[],
  stdio: Stdio,
  abort?: AbortSignal,
): Promise<void> => {
  const since = performance.now();
  const discard = (name: Container): void => {
    removeRecord(site, name);
    rmSync(at(site, 'logs', `${name}.log`), { force: true });
    say(stdio, ` ✔ ${name} 제거됨  ${seconds(performance.now() - since)}`);
  };
  const ended = (name: Container, forced: boolean): void => {
    if (forced) complain(stdio, tookTooLong(name));
    discard(name);
  };
  // Brokers first: one whose ZooKeeper is gone hangs in its shutdown (measured).
  for (const brokers of [true, false]) {
    const group = containers.filter(({ name }) => isBroker(name) === brokers);
    for (const { name, state } of group) if (state === 'exited') discard(name);
    await halt(site, group, { grace: GRACE_MS, abort, ended });
  }
};

export const tookTooLong = (name: Container): string =>
  `${subject(name)} ${GRACE_MS / 1000}초 안에 끝나지 않아 강제로 끝냈습니다(SIGKILL).`;
