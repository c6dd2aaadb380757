/** One drill a folder: a second one would stop the brokers under the first. */
import { join } from 'node:path';
import { type Lock, tryLock } from './lock.ts';

/** `undefined` while a drill runs, in whichever window. */
export const takeDrillLock = (home: string): Lock | undefined => tryLock(join(home, 'drill.lock'));

/** In the environment of what a drill itself runs: it may stop and start brokers while it runs. */
export const DRILL_MARK = 'LAB_DRILL';

export const DRILL_RUNNING =
  '다른 창의 장애 훈련이 진행 중이거나, 갑자기 끝난 훈련이 브로커를 되돌려 놓는 중이어서 실행하지 않았습니다. 1분쯤 뒤에 다시 실행해 주세요.';

export const isDrillRunning = (home: string): boolean => {
  const lock = takeDrillLock(home);
  lock?.release();
  return lock === undefined;
};
