/** Starting ZooKeeper and the brokers by compose, and what is said when that fails. */
import { complain, say, WAITING_FOR_SESSION } from '../korean.ts';
import { type Broker, CONTAINERS, type Container, isBroker, type Stdio } from '../lab.ts';
import { NotReady } from '../not-ready.ts';
import { compose } from './compose.ts';
import { type Census, census } from './containers.ts';
import { cannotPull, pullMissing } from './pull.ts';
import { awaitExpiry, mayBeRegistered } from './registration.ts';
import type { Site } from './site.ts';
import { endingOf, explainEnding, metItself, quoteLog } from './why.ts';

/** Without Kafka UI: one image that cannot be pulled makes compose give up all of them. */
export const startContainers = async (
  site: Site,
  before: Census,
  missing: readonly Container[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<void> => {
  const engine = await site.engine();
  const brokers = missing.filter(isBroker);
  const held = await Promise.all(brokers.map((each) => mayBeRegistered(engine, before, each)));
  await awaitExpiry(
    brokers.filter((_, index) => held[index]),
    { abort, waiting: (late) => say(stdio, ` • ${late.join(', ')}: ${WAITING_FOR_SESSION}`) },
  );
  const lacking = await pullMissing(site, CONTAINERS, stdio, abort);
  if (lacking.length > 0) throw new NotReady(cannotPull(lacking), []);
  const code = await compose(site, ['up', '-d', ...CONTAINERS], stdio, abort);
  if (code !== 0) throw await failure(site, code);
};

const failure = async (site: Site, code: number): Promise<NotReady> => {
  const { ours } = await census(site);
  const ailing = CONTAINERS.filter((name) =>
    /^Exited|\(unhealthy\)/.test(ours.get(name)?.status ?? ''),
  );
  return new NotReady(
    `Compose가 클러스터를 시작하지 못했습니다(종료 코드 ${code}). 이유는 위의 출력에 있습니다.`,
    ailing,
  );
};

/** Says why the cluster is not whole: each broker's end explained, and its last lines. */
export const complainOf = async (
  site: Site,
  { message, containers }: NotReady,
  stdio: Stdio,
): Promise<void> => {
  complain(stdio, message);
  const engine = await site.engine();
  const { ours } = await census(site);
  for (const name of containers) {
    const found = ours.get(name);
    if (found === undefined) continue;
    const ending = await endingOf(engine, found.id);
    complain(
      stdio,
      found.state === 'exited' ? explainEnding(name, ending) : quoteLog(name, ending.log),
    );
  }
};

/**
 * Starts a broker again, once, that died of its own old session: after a restart of the engine,
 * ZooKeeper has it on disk, and shows it only once it runs. Says at once whether there is hope.
 */
export const reviver = (site: Site, stdio: Stdio, abort: AbortSignal) => {
  const revivals = new Map<Container, 'under way' | 'over'>();
  const revive = async (broker: Broker, id: string): Promise<void> => {
    const waiting = (): void => say(stdio, ` • ${broker}: ${WAITING_FOR_SESSION}`);
    await awaitExpiry([broker], { abort, waiting });
    abort.throwIfAborted();
    await (await site.engine()).docker.getContainer(id).start();
  };
  return async (name: Container, { ours }: Census): Promise<boolean> => {
    const found = ours.get(name);
    if (found === undefined || !isBroker(name)) return false;
    const revival = revivals.get(name);
    if (revival === 'under way') return true;
    // It may have been started since it was looked at; a second time it is not.
    if (revival === 'over') return (await census(site)).ours.get(name)?.state === 'running';
    if (!metItself(await endingOf(await site.engine(), found.id))) return false;
    revivals.set(name, 'under way');
    const over = (): void => void revivals.set(name, 'over');
    // One that could not be started is still seen not to run, and its log is shown.
    revive(name, found.id).then(over, over);
    return true;
  };
};
