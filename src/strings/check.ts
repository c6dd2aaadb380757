/** What a step's check says on the page. Why it does not hold, the sidecar says. */
import type { CheckStatus } from '../../server/protocol.ts';

export const check = {
  waiting: '확인하는 중입니다.',
  held: '클러스터에서 확인했습니다.',
  missed: '확인되지 않았습니다.',
} as const;

/** What has come of it. */
export const checkText = (status: CheckStatus | null | undefined): string => {
  if (status == null) return '';
  return status.state === 'held' ? check.held : `${check[status.state]} ${status.reason}`.trimEnd();
};
