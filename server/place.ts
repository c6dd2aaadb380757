/** One sidecar a folder: two would fight over the same brokers. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError, notWritable } from './errors.ts';
import { type Lock, tryLock } from './lock.ts';
import { Health } from './protocol.ts';

/** What whoever comes next must know of the sidecar that runs. */
const Occupant = z.object({ port: z.int(), lab: Health.shape.lab });
export type Occupant = z.infer<typeof Occupant>;

export interface Place extends Lock {
  /** Leaves a note for whoever comes next. */
  announce(occupant: Occupant): void;
}

const lockOf = (home: string): string => join(home, 'sidecar.lock');
const noteOf = (home: string): string => join(home, 'sidecar.json');

/**
 * Takes this folder's only place for a sidecar.
 *
 * @throws LabError `busy` that says where the running one is.
 */
export const takePlace = (home: string): Place => {
  const lock = tryLock(lockOf(home));
  if (lock === undefined) {
    const port = readNote(home)?.port;
    const where = port === undefined ? '' : `: http://127.0.0.1:${port}/`;
    throw new LabError(
      'busy',
      `이 폴더의 실습실이 이미 실행 중입니다${where}\n` +
        '그 창에 출력된 Ready 주소를 열거나, 그 창을 Ctrl+C로 끝낸 뒤 다시 시작해 주세요.',
    );
  }
  return {
    announce: (occupant) => {
      try {
        writeFileSync(noteOf(home), JSON.stringify(occupant));
      } catch (error) {
        throw notWritable(home, error);
      }
    },
    release: () => {
      rmSync(noteOf(home), { force: true });
      lock.release();
    },
  };
};

/** Whether a sidecar of this folder runs. */
export const isPlaceTaken = (home: string): boolean => {
  const lock = tryLock(lockOf(home));
  lock?.release();
  return lock === undefined;
};

/** The sidecar of this folder that runs; `undefined` for none, and for one that is just starting. */
export const whoIsThere = (home: string): Occupant | undefined =>
  isPlaceTaken(home) ? readNote(home) : undefined;

const readNote = (home: string): Occupant | undefined => {
  try {
    return Occupant.parse(JSON.parse(readFileSync(noteOf(home), 'utf8')));
  } catch {
    return undefined;
  }
};
