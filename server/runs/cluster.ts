import { LabError } from '../errors.ts';
import { BROKERS, type Lab } from '../lab/lab.ts';
import { type Action, needsCluster } from '../lessons/action.ts';

/**
 * Nothing to do for actions that need no cluster, or while a broker runs.
 *
 * @param up the step that starts the cluster, for readers who can be sent there.
 * @throws LabError `cluster-down` before anything has run.
 */
export const requireCluster = async (
  actions: readonly Action[],
  lab: Lab,
  up?: string,
): Promise<void> => {
  if (!actions.some(needsCluster)) return;
  const containers = await lab.containers();
  const names: readonly string[] = BROKERS;
  const brokers = containers.filter(({ name }) => names.includes(name));
  if (brokers.some(({ state }) => state === 'running')) return;
  const paused = brokers.flatMap(({ name, state }) => (state === 'paused' ? name : []));
  if (paused.length > 0) {
    throw new LabError(
      'cluster-down',
      `떠 있는 브로커가 모두 일시 정지되어 있습니다. 터미널에서 npm run -s lab -- docker unpause ${paused.join(' ')}로 다시 움직인 뒤 실행해 주세요.`,
    );
  }
  throw new LabError(
    'cluster-down',
    '클러스터가 아직 꺼져 있습니다. 먼저 docker-compose up -d로 클러스터를 시작한 뒤 다시 실행해 주세요.',
    up === undefined ? {} : { step: up },
  );
};
