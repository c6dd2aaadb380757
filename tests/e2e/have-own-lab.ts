/** As `haveRoom`, and for each test a participant's own sidecar beside the room. */
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { readAllSteps } from '../../server/lessons/checkpoints.ts';
import type { Lessons } from '../../server/lessons/read.ts';
import { CONTENT } from '../../server/settings.ts';
import { type HadRoom, haveRoom } from './have-room.ts';
import { type OwnLab, openOwnLab } from './own-lab.ts';

interface Had extends HadRoom {
  readonly lessons: Lessons;
  readonly lab: OwnLab;
}

/** @param handleLab is given them before each test. */
export const haveOwnLab = (handleLab: (had: Had) => void): void => {
  let lessons: Lessons;
  let had: HadRoom;
  let lab: OwnLab;
  beforeAll(async () => {
    lessons = await readAllSteps(CONTENT);
  });
  haveRoom((each) => {
    had = each;
  });
  beforeEach(async () => {
    lab = await openOwnLab(had.browser, had.policy, lessons);
    handleLab({ ...had, lessons, lab });
  });
  afterEach(() => lab.close());
};
