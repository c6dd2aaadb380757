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
  const brokers: readonly string[] = BROKERS;
  const containers = await lab.containers();
  if (containers.some(({ name, state }) => brokers.includes(name) && state === 'running')) return;
  throw new LabError(
    'cluster-down',
    '클러스터가 아직 꺼져 있습니다. 먼저 docker-compose up -d로 클러스터를 시작한 뒤 다시 실행해 주세요.',
    up === undefined ? {} : { step: up },
  );
};
