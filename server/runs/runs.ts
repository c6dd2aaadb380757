import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { observeEffect } from '../cluster/effect.ts';
import type { Watcher } from '../cluster/watcher.ts';
import { DRILL_RUNNING, isDrillRunning } from '../drill-lock.ts';
import { LabError } from '../errors.ts';
import type { Lab, Size } from '../lab/lab.ts';
import type { Lessons, Step } from '../lessons/read.ts';
import type { ErrorCode } from '../protocol.ts';
import { requireCluster } from './cluster.ts';
import { conflictOf, isDrill, touchesCluster } from './conflict.ts';
import { leftoverMark } from './leftovers.ts';
import { perform } from './perform.ts';
import { createRun, type Expectation, type Run } from './run.ts';
import { sequence } from './sequence.ts';
import { openStore } from './store.ts';

/** Every run of this folder that a page may still ask for: the newest of each step. */
export interface Runs {
  /**
   * The same id again is the same run: a click is never carried out twice.
   *
   * @throws LabError `unknown-step`, `unknown-run`, `busy`, `cluster-down` or `unavailable`; then
   *   nothing ran.
   */
  start(request: { readonly id: string; readonly step: string; readonly size: Size }): Promise<Run>;
  /** Also a run that is being decided on; `undefined` for one that nobody knows, or was refused. */
  find(id: string): Promise<Run | undefined>;
  newest(): readonly Run[];
  /** Called with each run that starts. Returns how to stop listening. */
  subscribe(listener: (run: Run) => void): () => void;
  /**
   * Stops what runs and waits for it: Ctrl+C first; what is left after `patience` ms is terminated, then killed.
   * What does not end within `farewell` ms of that is left to itself.
   */
  close(patience: number, farewell: number): Promise<void>;
}

/** @param home the `.lab` folder: what earlier sidecars have run is known, too. */
export const createRuns = (lessons: Lessons, lab: Lab, watcher: Watcher, home: string): Runs => {
  const store = openStore(join(home, 'runs'), lab.name);
  const started = new Map<string, Promise<Run>>();
  /** Runs that a newer one of their step replaced. Their ids stay taken. */
  const replaced = new Set<string>();
  const newest = new Map<string, Run>();
  /** Steps whose run is being decided on: two clicks may arrive before either has a process. */
  const starting = new Set<string>();
  const listeners = new Set<(run: Run) => void>();
  let closed = false;
  /** Of what goes on after runs have ended. */
  const life = new AbortController();

  const up = [...lessons.values()].find(({ commands }) =>
    commands.some(({ action }) => action.kind === 'up'),
  )?.id;

  const adopt = (run: Run): void => {
    const previous = newest.get(run.step);
    if (previous !== undefined) {
      started.delete(previous.id);
      replaced.add(previous.id);
    }
    // The newest last.
    newest.delete(run.step);
    newest.set(run.step, run);
    started.set(run.id, Promise.resolve(run));
  };
  /** Of what is kept no longer, pages see nothing after a reload, as after a restart. */
  const forget = (ids: readonly string[]): void => {
    for (const run of newest.values()) {
      if (!ids.includes(run.id)) continue;
      newest.delete(run.step);
      started.delete(run.id);
      replaced.add(run.id);
    }
  };
  for (const run of store.past) adopt(run);

  /** Of a disk that was full, there may be room by now. */
  const remember = (): void => {
    for (const run of newest.values()) run.remember();
  };

  /** The step whose run may be the drill that goes on without this sidecar. */
  const lastDrill = (): string | undefined =>
    [...newest.values()].findLast(({ step }) => {
      const ran = lessons.get(step);
      return ran !== undefined && isDrill(ran);
    })?.step;

  const begin = async (step: Step, id: string, size: Size): Promise<Run> => {
    await requireCluster(
      step.commands.map(({ action }) => action),
      lab,
      up,
    );
    // One of another window, or that a killed sidecar has left to itself.
    if (touchesCluster(step.commands) && isDrillRunning(home))
      return refuse('busy', DRILL_RUNNING, lastDrill() ?? step.id);
    const effect = observeEffect(watcher, life.signal);
    // A tool takes longer to start than a look at the cluster does.
    if (touchesCluster(step.commands)) await effect.ready;
    // Meanwhile, the sidecar may have been told to stop.
    if (closed) return refuse('busy', CLOSING, step.id);
    const run = createRun({
      id,
      step: step.id,
      lab: lab.name,
      size,
      folder: store.folderOf(id),
      // What it does to the cluster is put back, or done to its end: only more than Ctrl+C breaks it off.
      patient: touchesCluster(step.commands),
      expectation: expectationOf(step),
      settle: effect.settle,
      begin: (output) =>
        sequence(
          step.commands.map((command) => () => {
            output.prompt(Buffer.from(`\x1b[2m$ ${command.text}\x1b[0m\r\n`));
            return perform(command, lab, output, { flags: [leftoverMark(home)], drawnOf: id });
          }),
        ),
    });
    adopt(run);
    run.ended
      .then(() => {
        forget(store.keep(run));
        remember();
      })
      // What cannot be removed now is removed another time: no run ends because of it.
      .catch((error: unknown) => console.error(error));
    for (const listener of listeners) listener(run);
    return run;
  };

  return {
    start: ({ id, step: name, size }) => {
      const known = started.get(id);
      if (known !== undefined) return sameStep(known, name);
      if (closed) return refuse('busy', CLOSING, name);
      if (replaced.has(id)) {
        return refuse(
          'unknown-run',
          '이 실행은 같은 단계의 더 새로운 실행으로 바뀌었습니다.',
          name,
        );
      }
      const step = lessons.get(name);
      if (step === undefined) {
        return refuse(
          'unknown-step',
          `${name} 단계를 찾을 수 없습니다. 페이지를 새로 고쳐 주세요.`,
          name,
        );
      }
      if (starting.has(name) || isLive(newest.get(name))) {
        return refuse(
          'busy',
          '이 단계는 이미 실행 중입니다. 끝나기를 기다리거나 중지해 주세요.',
          name,
        );
      }
      const live = [...newest.values()].filter(isLive).map((run) => run.step);
      const other = conflictOf(
        step,
        [...live, ...starting].flatMap((each) => lessons.get(each) ?? []),
      );
      if (other !== undefined) {
        return refuse(
          'busy',
          `‘${other.props.title}’ 단계가 실행 중입니다. 끝나기를 기다리거나 그 단계를 중지한 뒤 다시 실행해 주세요.`,
          other.id,
        );
      }
      starting.add(name);
      const run = begin(step, id, size).finally(() => starting.delete(name));
      started.set(id, run);
      run.catch(() => started.delete(id));
      return run;
    },
    find: async (id) => started.get(id)?.catch(() => undefined),
    newest: () => [...newest.values()],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async (patience, farewell) => {
      closed = true;
      life.abort();
      const running = [...newest.values()].filter(isLive);
      for (const run of running) run.signal('interrupt');
      const ended = Promise.all(running.map((run) => run.ended));
      const within = (milliseconds: number): Promise<boolean> =>
        Promise.race([ended.then(() => true), setTimeout(milliseconds, false, { ref: false })]);
      if (!(await within(patience))) {
        for (const run of running) run.signal('terminate');
        await within(farewell);
      }
      remember();
    },
  };
};

/** An id that names a run of another step is no repeated click. */
const sameStep = async (known: Promise<Run>, step: string): Promise<Run> => {
  const run = await known;
  if (run.step === step) return run;
  return refuse('bad-message', '이 실행의 이름은 다른 단계가 쓰고 있습니다.', step);
};

const isLive = (run: Run | undefined): boolean =>
  run !== undefined && (run.status.status === 'running' || run.status.background);

const CLOSING = '실습실을 마치는 중이어서 실행하지 않았습니다. 다시 시작한 뒤에 실행해 주세요.';

const expectationOf = ({ props }: Step): Expectation | undefined => {
  if (props.expect !== undefined) return { kind: 'failure', text: props.expect.failure };
  return props.background ? { kind: 'background', text: props.ready ?? '' } : undefined;
};

const refuse = (code: ErrorCode, message: string, step: string): Promise<never> =>
  Promise.reject(new LabError(code, message, { step }));
