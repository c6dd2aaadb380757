import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { converge } from '../cluster/converge.ts';
import { type Effect, observeEffect } from '../cluster/effect.ts';
import { outcomeOf } from '../cluster/outcome.ts';
import type { Watcher } from '../cluster/watcher.ts';
import { DRILL_RUNNING, isDrillRunning } from '../drill-lock.ts';
import { LabError } from '../errors.ts';
import type { Lab, Process, Size } from '../lab/lab.ts';
import { type Command, onlyReads } from '../lessons/action.ts';
import { editionOf } from '../lessons/edition.ts';
import type { Lessons, Step } from '../lessons/read.ts';
import type { AgreedTopic, ErrorCode, Values } from '../protocol.ts';
import { bring } from './bring.ts';
import { requireCluster } from './cluster.ts';
import type { Declared } from './confirmation.ts';
import { conflictOf, consumersOf, isDrill, touchesCluster } from './conflict.ts';
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
   * @param request `values`: of what the step lets be changed; without them, its author's.
   * @throws LabError `unknown-step`, `usage`, `unknown-run`, `busy`, `cluster-down` or `unavailable`; then
   *   nothing ran.
   */
  start(request: {
    readonly id: string;
    readonly step: string;
    readonly values?: Values | undefined;
    readonly size: Size;
    /** Topics that the reader has agreed to lose, as they were shown. */
    readonly removes?: readonly AgreedTopic[] | undefined;
  }): Promise<Run>;
  /** Also a run that is being decided on; `undefined` for one that nobody knows, or was refused. */
  find(id: string): Promise<Run | undefined>;
  newest(): readonly Run[];
  /**
   * Nothing starts from now on, for this reason, until what it returns is called.
   *
   * @throws LabError `busy` while something runs.
   */
  hold(reason: string): () => void;
  /** What has ended is kept no longer, on the disk neither. */
  forget(): void;
  /** Called with each run that starts, and its step as it is carried out. Returns how to stop listening. */
  subscribe(listener: (run: Run, step: Step) => void): () => void;
  /**
   * Stops what runs and waits for it: Ctrl+C first; what is left after `patience` ms is terminated, then killed.
   * What does not end within `farewell` ms of that is left to itself.
   */
  close(patience: number, farewell: number): Promise<void>;
}

interface Beginning {
  readonly id: string;
  readonly size: Size;
  readonly edition: string;
  readonly removes: readonly AgreedTopic[];
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
  const listeners = new Set<(run: Run, step: Step) => void>();
  /** Of the last run that could change anything. */
  let lastEffect: Effect | undefined;
  let closed = false;
  /** Why nothing may start. */
  let held: string | undefined;
  /** Of what goes on after runs have ended. */
  const life = new AbortController();

  const up = (): string | undefined =>
    [...lessons.values()].find(({ commands }) =>
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

  const live = (): string[] => [...newest.values()].filter(isLive).map((run) => run.step);
  const stepsOf = (ids: readonly string[]): Step[] => ids.flatMap((id) => lessons.get(id) ?? []);

  const begin = async (step: Step, { id, size, edition, removes }: Beginning): Promise<Run> => {
    await requireCluster(
      step.commands.map(({ action }) => action),
      lab,
      up(),
    );
    // One of another window, or that a killed sidecar has left to itself.
    if (touchesCluster(step) && isDrillRunning(home))
      return refuse('busy', DRILL_RUNNING, lastDrill() ?? step.id);
    const changes =
      step.checkpoint !== undefined || step.commands.some(({ action }) => !onlyReads(action));
    const { predict, background } = step.props;
    // What goes on beside others has no effect that could be told from theirs; only its coming up has.
    const effect =
      changes && (!background || predict) ? observeEffect(watcher, life.signal) : undefined;
    // A tool takes longer to start than a look at the cluster does.
    if (touchesCluster(step) || predict) await effect?.ready;
    if (changes) {
      lastEffect?.cut();
      lastEffect = effect;
    }
    // Meanwhile, the sidecar may have been told to stop.
    if (closed) return refuse('busy', CLOSING, step.id);
    const run = createRun({
      id,
      step: step.id,
      edition,
      lab: lab.name,
      size,
      folder: store.folderOf(id),
      // What it does to the cluster is put back, or done to its end: only more than Ctrl+C breaks it off.
      patient: touchesCluster(step),
      expectation: expectationOf(step),
      declared: declaredOn(step, watcher),
      settle: background ? undefined : effect?.settle,
      findOutcome:
        predict &&
        (async () => {
          const course = await effect?.course();
          return life.signal.aborted ? undefined : outcomeOf(predict, course);
        }),
      begin: (output) => {
        const carryOut = (command: Command): Process => {
          output.prompt(Buffer.from(`\x1b[2m$ ${command.text}\x1b[0m\r\n`));
          return perform(command, lab, output, { flags: [leftoverMark(home)], drawnOf: id });
        };
        const { checkpoint } = step;
        if (checkpoint === undefined)
          return sequence(step.commands.map((command) => () => carryOut(command)));
        const say = (text: string): void => output.stdout(Buffer.from(`${text}\r\n`));
        return bring({
          checkpoint,
          watcher,
          removes,
          consumersOf: (group) =>
            consumersOf(group, stepsOf(live())).map(({ props }) => props.title),
          perform: carryOut,
          say,
        });
      },
    });
    adopt(run);
    run.ended
      .then(() => {
        forget(store.keep(run));
        remember();
      })
      // What cannot be removed now is removed another time: no run ends because of it.
      .catch((error: unknown) => console.error(error));
    for (const listener of listeners) listener(run, step);
    return run;
  };

  return {
    start: ({ id, step: name, values, size, removes = [] }) => {
      const known = started.get(id);
      if (known !== undefined) return sameStep(known, name);
      if (closed) return refuse('busy', CLOSING, name);
      if (held !== undefined) return refuse('busy', held, name);
      if (replaced.has(id)) {
        return refuse(
          'unknown-run',
          '이 실행은 같은 단계의 더 새로운 실행으로 바뀌었습니다.',
          name,
        );
      }
      const lesson = lessons.get(name);
      if (lesson === undefined) {
        return refuse(
          'unknown-step',
          `${name} 단계를 찾을 수 없습니다. 페이지를 새로 고쳐 주세요.`,
          name,
        );
      }
      const step = withValues(lesson, values);
      if (step instanceof LabError) return Promise.reject(step);
      if (starting.has(name) || isLive(newest.get(name))) {
        return refuse(
          'busy',
          '이 단계는 이미 실행 중입니다. 끝나기를 기다리거나 중지해 주세요.',
          name,
        );
      }
      const other = conflictOf(step, stepsOf([...live(), ...starting]));
      if (other !== undefined) {
        return refuse(
          'busy',
          `‘${other.props.title}’ 단계가 실행 중입니다. 끝나기를 기다리거나 그 단계를 중지한 뒤 다시 실행해 주세요.`,
          other.id,
        );
      }
      starting.add(name);
      const edition = editionOf(lesson);
      const run = begin(step, { id, size, edition, removes }).finally(() => starting.delete(name));
      started.set(id, run);
      run.catch(() => started.delete(id));
      return run;
    },
    find: async (id) => started.get(id)?.catch(() => undefined),
    newest: () => [...newest.values()],
    hold: (reason) => {
      if (closed) throw new LabError('busy', CLOSING);
      if (held !== undefined) throw new LabError('busy', held);
      const [step] = [...starting, ...live()];
      if (step !== undefined) {
        const title = lessons.get(step)?.props.title ?? step;
        throw new LabError('busy', inTheWay(title), { step });
      }
      held = reason;
      return () => {
        held = undefined;
      };
    },
    forget: () => {
      forget([...newest.values()].map(({ id }) => id));
      store.clear();
    },
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

/** Also with other values, it is the same step that is done. */
const withValues = (lesson: Step, values: Values | undefined): Step | LabError => {
  if (values === undefined) return lesson;
  if (lesson.vary === undefined) return new LabError('usage', NO_VALUES, { step: lesson.id });
  try {
    return lesson.vary(values);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
};

const NO_VALUES = '이 단계에는 바꿀 수 있는 값이 없습니다. 페이지를 새로 고쳐 주세요.';

/** An id that names a run of another step is no repeated click. */
const sameStep = async (known: Promise<Run>, step: string): Promise<Run> => {
  const run = await known;
  if (run.step === step) return run;
  return refuse('bad-message', '이 실행의 이름은 다른 단계가 쓰고 있습니다.', step);
};

const isLive = (run: Run | undefined): boolean =>
  run !== undefined && (run.status.status === 'running' || run.status.background);

const inTheWay = (title: string): string =>
  `‘${title}’ 단계가 실행 중입니다. 끝나기를 기다리거나 그 단계를 중지한 뒤 다시 눌러 주세요.`;

const CLOSING = '실습실을 마치는 중이어서 실행하지 않았습니다. 다시 시작한 뒤에 실행해 주세요.';

const expectationOf = ({ props }: Step): Expectation | undefined => {
  if (props.expect !== undefined) return { kind: 'failure', text: props.expect.failure };
  return props.background ? { kind: 'background', text: props.ready ?? '' } : undefined;
};

/** Milliseconds that the cluster has: a crashed broker's session alone lasts 18 s. */
const CONVERGENCE = 60_000;

const declaredOn = ({ props }: Step, watcher: Watcher): Declared | undefined => {
  if (props.check === undefined) return undefined;
  const texts = props.check.flatMap((each) => ('output' in each ? each.output : []));
  const checks = props.check.flatMap((each) => ('output' in each ? [] : each));
  // A program that runs until it is stopped has as long as it runs.
  const deadline = props.background ? undefined : CONVERGENCE;
  return {
    texts,
    confirm:
      checks.length === 0 ? undefined : (wait) => converge(watcher, checks, { deadline, ...wait }),
  };
};

const refuse = (code: ErrorCode, message: string, step: string): Promise<never> =>
  Promise.reject(new LabError(code, message, { step }));
