/** `npm run -s lab -- reset`: every lab as it was before the first start. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DRILL_RUNNING, isDrillRunning } from './drill-lock.ts';
import { LabError } from './errors.ts';
import { allLabs, titleOf } from './lab/choose.ts';
import { isPlaceTaken } from './place.ts';
import { endLeftovers } from './runs/leftovers.ts';
import { HOME } from './settings.ts';
import { connect } from './terminal.ts';

/** What the lab itself has written into its folder, which may hold a reader's own files, too. */
const STATE = [
  'token',
  'sidecar.json',
  'sidecar.lock',
  'sidecar.lock-journal',
  'drill.lock',
  'drill.lock-journal',
  'runs',
];

/**
 * Stops every broker of both labs and removes data, logs, runs and token; downloads stay where they are.
 *
 * @throws LabError `busy` while a sidecar runs, whose pages would go on with a token that is gone, or
 *   a drill, which still needs its brokers.
 */
export const reset = async (): Promise<number> => {
  if (isPlaceTaken(HOME)) {
    throw new LabError(
      'busy',
      'npm start가 실행 중입니다. 그 창에서 Ctrl+C로 끝낸 뒤 다시 초기화해 주세요.',
    );
  }
  if (isDrillRunning(HOME)) {
    throw new LabError('busy', DRILL_RUNNING);
  }
  await endLeftovers(HOME);
  for (const lab of await allLabs('cli')) {
    console.log(`${titleOf(lab)}:`);
    const code = await connect((stdio) => lab.down({ volumes: true }, stdio));
    if (code !== 0) return code;
  }
  for (const name of STATE) await rm(join(HOME, name), { recursive: true, force: true });
  console.log('처음 상태로 되돌렸습니다. 받아 둔 이미지와 Kafka 파일은 그대로 둡니다.');
  return 0;
};
