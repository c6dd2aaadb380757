/** The button that starts over: this lab's containers, their data, and the records of its runs go. */
import { stripVTControlCharacters } from 'node:util';
import type { History } from '../cluster/history.ts';
import { DRILL_RUNNING, isDrillRunning } from '../drill-lock.ts';
import { LabError } from '../errors.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabResetting } from '../protocol.ts';
import type { Runs } from './runs.ts';

export interface LabReset {
  /** How the one that goes on gets on, or how the last one ended; `undefined` before the first. */
  readonly status: LabResetting | undefined;
  /** @throws LabError `busy` while something runs, or is being reset; then nothing is removed. */
  begin(): void;
  /** Called with each word of how it gets on. Returns how to stop. */
  subscribe(listener: (status: LabResetting) => void): () => void;
}

/** Characters of the lab's own words that are told; it says a line a container. */
const MOST = 4_000;

/** @param home the `.lab` folder, where a drill of another window is known of. */
export const createLabReset = (
  runs: Pick<Runs, 'hold' | 'forget'>,
  lab: Lab,
  history: Pick<History, 'forget'>,
  home: string,
): LabReset => {
  const listeners = new Set<(status: LabResetting) => void>();
  let status: LabResetting | undefined;

  const tell = (state: LabResetting['state'], text: string): void => {
    status = { type: 'lab.resetting', state, at: Date.now(), text: text.slice(-MOST) };
    for (const listener of listeners) listener(status);
  };

  const removeAll = async (): Promise<void> => {
    let text = '';
    const show = (bytes: Uint8Array): void => {
      text += stripVTControlCharacters(Buffer.from(bytes).toString());
      tell('running', text);
    };
    tell('running', text);
    try {
      const down = lab.down({ volumes: true }, { stdout: show, stderr: show, size: undefined });
      const code = await down.exited;
      if (code !== 0) return tell('failed', `${text}\ndocker-compose down -v: ${code}`);
      runs.forget();
      history.forget();
      tell('done', text);
    } catch (error) {
      if (!(error instanceof LabError)) console.error(error);
      tell('failed', `${text}\n${error instanceof LabError ? error.message : DEFECT}`);
    }
  };

  return {
    get status() {
      return status;
    },
    begin: () => {
      if (isDrillRunning(home)) throw new LabError('busy', DRILL_RUNNING);
      const release = runs.hold(RESETTING);
      void removeAll().finally(release);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const RESETTING = '실습실을 처음으로 되돌리는 중입니다. 끝난 뒤에 다시 실행해 주세요.';
const DEFECT =
  '실습실 안에서 예상하지 못한 오류가 났습니다. npm start를 실행한 터미널에 자세한 내용이 있습니다.';
