/** One sidecar a folder: two would fight over the same brokers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { type Lock, tryLock } from './lock.ts';

const placeOf = (home: string): { readonly lock: string; readonly port: string } => ({
  lock: join(home, 'sidecar.lock'),
  port: join(home, 'sidecar.port'),
});

/**
 * Takes this folder's only place for a sidecar, and leaves the port there for whoever comes next.
 *
 * @throws LabError `busy` that says where the running one is.
 */
export const takePlace = (home: string, port: number): Lock => {
  const place = placeOf(home);
  const lock = tryLock(place.lock);
  if (lock === undefined) {
    throw new LabError(
      'busy',
      `이 폴더의 실습실이 이미 실행 중입니다: http://127.0.0.1:${portOf(place.port)}/ — ` +
        '그 창에 출력된 Ready 주소를 여시거나, 그 창을 Ctrl+C로 끝낸 뒤 다시 시작해 주세요.',
    );
  }
  writeFileSync(place.port, String(port));
  return lock;
};

/** Whether a sidecar of this folder runs. */
export const isPlaceTaken = (home: string): boolean => {
  const lock = tryLock(placeOf(home).lock);
  lock?.release();
  return lock === undefined;
};

const portOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Its owner is between the lock and the port.
    return '…';
  }
};
