/** `npm run -s lab -- reset`: the lab as it was before the first start. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { chooseLab } from './lab/choose.ts';
import { isPlaceTaken } from './place.ts';
import { HOME } from './settings.ts';
import { connect } from './terminal.ts';

/** Each lab's own folder: its jars and archives are downloads, and `down` has emptied the rest. */
const KEPT = ['local', 'docker'];

/**
 * Stops every broker and removes data, logs and token; downloaded jars stay where they are.
 *
 * @throws LabError `busy` while a sidecar runs: its pages would go on with a token that is gone.
 */
export const reset = async (): Promise<number> => {
  if (isPlaceTaken(HOME)) {
    throw new LabError(
      'busy',
      'npm start가 실행 중입니다. 그 창에서 Ctrl+C로 끝낸 뒤 다시 초기화해 주세요.',
    );
  }
  const lab = await chooseLab('cli');
  const code = await connect((stdio) => lab.down({ volumes: true }, stdio));
  if (code !== 0) return code;
  for (const file of await readdir(HOME).catch(() => [])) {
    if (!KEPT.includes(file)) await rm(join(HOME, file), { recursive: true });
  }
  console.log('처음 상태로 되돌렸습니다. 받아 둔 Kafka 파일은 그대로 둡니다.');
  return 0;
};
