import type {
  ClusterDifference,
  ErrorMessage,
  OutputHeader,
  RunId,
  RunStatus,
  ServerMessage,
} from '../../server/protocol.ts';
import { connection as connectionStrings, step as strings } from '../strings/page.ts';
import {
  answers,
  type Connection,
  type ConnectionState,
  connection,
  isMirrored,
  type RunStart,
} from './connection.ts';
import { createRunReader, type RunReader } from './run-reader.ts';
import type { StepScreen } from './step-screen.ts';
import { IDLE, isFinal, receive, request, type StepState, withdraw } from './step-state.ts';
import { createStopper } from './stopper.ts';
import type { Size } from './terminal.ts';
import { createTyping } from './typing.ts';
import { uuid } from './uuid.ts';

/** What a step shows of its runs. */
export interface Progress {
  /** The run that goes on, or the one that ended last. */
  readonly run: RunStatus | undefined;
  /** A click that has not become a run yet. */
  readonly requested: boolean;
  /** The last click did not become a run: what is on the screen is from before it. */
  readonly refused: boolean;
  /** The sidecar has forgotten a run that was under way. */
  readonly lost: boolean;
  /** The reader wants it to stop, and it has not yet. */
  readonly stopping: boolean;
  /** The run was told to stop, and did not. */
  readonly stubborn: boolean;
  /** What became of the cluster; `undefined` until that is known. */
  readonly effect: readonly ClusterDifference[] | undefined;
}

export interface RunnerEvents {
  handleProgress(): void;
  /** Why something was not done, and the step to go to; an empty message takes that back. */
  handleRefusal(message: string, step?: string): void;
}

/** One step's runs, between the connection and the screen. */
export interface StepRunner {
  readonly progress: Progress;
  /** Whose output is on the screen. */
  readonly run: RunId | undefined;
  /**
   * @param wishes what the reader has changed, or agreed to.
   * @returns the run that was asked for; nothing where that was not done.
   */
  start(wishes?: Pick<RunStart, 'values' | 'removes'>): RunId | undefined;
  stop(): void;
  input(text: string): void;
  resize(size: Size): void;
  dispose(): void;
}

interface Refusal {
  /** The step whose run stands in the way, or that is to be run first. */
  readonly blocker: string | undefined;
}

interface Saying {
  /** Where to go. */
  readonly step?: string | undefined;
  /** Also when there is a connection again. */
  readonly stays?: boolean;
}

/** Milliseconds that a click waits for a connection. */
const PATIENCE = 60_000;

export const createStepRunner = (
  step: string,
  screen: StepScreen,
  events: RunnerEvents,
): StepRunner => {
  let state: StepState = IDLE;
  /** The last status that the page was told; an end waits until the output is on the screen. */
  let told: RunStatus | undefined;
  let lost = false;
  /** Why the last click became no run. */
  let refusal: Refusal | undefined;
  let effect: readonly ClusterDifference[] | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let reader: RunReader | undefined;
  /** What the reader was told last is true also when there is a connection again. */
  let stays = false;
  let mirrored = isMirrored(connection.state);

  const say = (message: string, { step: to, stays: keeps = false }: Saying = {}): void => {
    stays = keeps;
    events.handleRefusal(message, to);
  };
  const stopper = createStopper({
    signal: (run, signal) => {
      const sent = connection.send({ type: 'run.signal', run, signal });
      // The stopper sends a Ctrl+C again once it can.
      if (!sent) say(signal === 'interrupt' ? strings.stopLater : strings.notSent);
      return sent;
    },
    isRunning: (run) => state.shown?.run === run && state.requested === undefined,
    handleStubborn: () => events.handleProgress(),
  });

  const typing = createTyping(
    (run, data) => connection.send({ type: 'run.input', run, data }),
    () => say(strings.notSent),
  );

  const isLive = (): boolean => told !== undefined && !isFinal(told);
  const isRunning = (): boolean => state.requested !== undefined || isLive();

  const attach = (run: RunId): void => {
    connection.send({ type: 'run.attach', run, offset: reader?.offset ?? 0 });
  };
  const changed = (): void => {
    screen.setLive(isLive() && connection.state === 'open');
    events.handleProgress();
  };
  const withdrawClick = (run: RunId): void => {
    connection.forget(run);
    state = withdraw(state, run);
  };
  const refuse = (run: RunId, message: string, because: Refusal, keeps = false): void => {
    withdrawClick(run);
    // Two clicks in two windows are one run: it is on the screen of both.
    if (because.blocker === step && isLive()) takeBack();
    else {
      refusal = because;
      say(message, { step: because.blocker, stays: keeps });
    }
    changed();
  };
  const takeBack = (): void => {
    refusal = undefined;
    say('');
  };

  /** Another run takes the screen. */
  const adopt = ({ run }: RunStatus): void => {
    reader?.dispose();
    reader = createRunReader({
      write: screen.write,
      acknowledge: (offset) => connection.send({ type: 'run.ack', run, offset }),
    });
    lost = false;
    effect = undefined;
    screen.open();
    takeBack();
    attach(run);
  };
  /** The lab has started over: what ran before is kept no longer. */
  const forgetBefore = (at: number): void => {
    if (state.shown === undefined || state.shown.startedAt >= at) return;
    reader?.dispose();
    reader = undefined;
    state = { ...state, shown: undefined };
    told = undefined;
    effect = undefined;
    screen.close();
    takeBack();
    changed();
  };
  const tellEnd = async (status: RunStatus): Promise<void> => {
    await reader?.drawn(status.size);
    if (state.shown !== status) return;
    const wasRunning = told?.run === status.run && isLive();
    told = status;
    stopper.reset();
    typing.forget();
    changed();
    // A run may have started or stopped brokers.
    if (wasRunning) void connection.refreshHealth();
  };
  /** What was refused may run now: the reason is one no more. */
  const handleOther = (status: RunStatus): void => {
    if (status.step !== refusal?.blocker || !isFinal(status)) return;
    takeBack();
    changed();
  };
  const handleStatus = (status: RunStatus): void => {
    const before = state.shown?.run;
    state = receive(state, status);
    if (state.shown !== status) return;
    if (status.run !== before) adopt(status);
    if (isFinal(status)) {
      void tellEnd(status);
      return;
    }
    told = status;
    stopper.handleRunning(status.run, status.stopping);
    // From whichever page: a terminal forgets what was typed before a Ctrl+C.
    if (status.stopping !== null) typing.forget();
    changed();
  };
  const handleError = ({ run, code, message, step: link }: ErrorMessage): void => {
    const about = run ?? state.requested;
    if (about === undefined) return;
    if (about === state.requested) {
      refuse(about, message, { blocker: link });
    } else if (about === state.shown?.run) {
      if (code === 'unknown-run' && told?.run === about && isLive()) {
        state = { ...state, shown: undefined };
        told = undefined;
        lost = true;
      }
      // Of what was typed, nothing may follow a piece that was refused.
      typing.forget();
      say(message, { step: link });
      changed();
    }
  };
  /** Nobody means a click any more that was made long ago; should it have been heard, that is told. */
  const expire = (run: RunId): void => {
    if (state.requested !== run || connection.state === 'open') return;
    refuse(run, strings.expired, { blocker: undefined }, true);
  };
  const handleConnection = (now: ConnectionState): void => {
    // What another lab ran is nothing that this one knows of.
    if (answers(now) && mirrored !== isMirrored(now)) {
      mirrored = !mirrored;
      lost = false;
      forgetBefore(Number.POSITIVE_INFINITY);
    }
    const { shown, requested } = state;
    if (now === 'lost') {
      stopper.handleLost();
      if (typing.forget()) say(strings.inputCut, { stays: true });
    }
    if (now === 'denied' && requested !== undefined) {
      refuse(requested, connectionStrings.howToRun, { blocker: undefined });
    }
    // What could not be sent then is no news any more.
    if (now === 'open' && !stays) takeBack();
    if (now === 'open' && shown !== undefined) {
      const complete = isFinal(shown) && (reader?.offset ?? 0) >= shown.size;
      if (!complete) attach(shown.run);
    }
    changed();
  };

  const leave = connection.subscribe({
    handleConnection,
    handleMessage: (message: ServerMessage) => {
      if (message.type === 'error') return handleError(message);
      if (message.type === 'run.taken') typing.handleTaken(message.run);
      if (message.type === 'run.effect' && message.run === state.shown?.run) {
        effect = message.changes;
        changed();
      }
      if (message.type === 'lab.resetting' && message.state === 'done') forgetBefore(message.at);
      if (message.type !== 'run.status') return;
      if (message.step === step) handleStatus(message);
      else handleOther(message);
    },
    handleOutput: ({ run, offset }: OutputHeader, bytes) => {
      if (run === state.shown?.run) reader?.take(offset, bytes);
    },
  } satisfies Parameters<Connection['subscribe']>[0]);

  return {
    get run() {
      return state.shown?.run;
    },
    get progress() {
      return {
        run: told,
        requested: state.requested !== undefined,
        refused: refusal !== undefined,
        lost,
        stopping: isRunning() && stopper.isStopping(state.requested ?? told?.run),
        stubborn: told !== undefined && stopper.isStubborn(told.run),
        effect,
      };
    },
    start: ({ values, removes } = {}) => {
      // What the presenter runs is in nobody's way.
      if (mirrored ? state.requested !== undefined : isRunning()) return undefined;
      if (connection.state === 'denied') {
        say(connectionStrings.howToRun);
        return undefined;
      }
      takeBack();
      const run = uuid();
      state = request(state, run);
      clearTimeout(patience);
      patience = setTimeout(() => expire(run), PATIENCE);
      stopper.reset();
      connection.start({
        type: 'run.start',
        run,
        step,
        ...screen.size,
        ...(values !== undefined && { values }),
        ...(removes !== undefined && { removes }),
      });
      changed();
      return run;
    },
    stop: () => {
      const run = state.requested ?? state.shown?.run;
      if (run === undefined) return;
      stopper.stop(run);
      // A terminal forgets what was typed before a Ctrl+C.
      typing.forget();
      changed();
      // Without a connection the click is taken back. Should the sidecar have heard it all the
      // same, it will say so, and the run is interrupted then.
      if (run !== state.requested || connection.state === 'open') return;
      withdrawClick(run);
      takeBack();
      changed();
    },
    input: (text) => {
      const run = told?.run;
      if (run === undefined) return;
      if (stays && refusal === undefined) takeBack();
      typing.type(run, text);
    },
    resize: (size) => {
      // A page in the background must not decide how wide the one in front draws.
      if (!isLive() || told === undefined || document.visibilityState !== 'visible') return;
      connection.send({ type: 'run.resize', run: told.run, ...size });
    },
    dispose: () => {
      leave();
      clearTimeout(patience);
      stopper.reset();
      reader?.dispose();
    },
  };
};
