/** One WebSocket a page: frames to runs, and runs' output to frames. Another to its workshop's hub. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Access } from './access.ts';
import type { History } from './cluster/history.ts';
import type { Watcher } from './cluster/watcher.ts';
import { LabError } from './errors.ts';
import {
  ClientMessage,
  type ErrorCode,
  type ErrorMessage,
  type OutputHeader,
  type RunStatus,
  type ServerMessage,
} from './protocol.ts';
import { BACKLOG, readFrames } from './rate.ts';
import { relay } from './relay.ts';
import type { LabReset } from './runs/lab-reset.ts';
import type { Run } from './runs/run.ts';
import type { Runs } from './runs/runs.ts';
import { createViewer, type Viewer } from './runs/viewer.ts';
import { refuseUpgrade } from './upgrade.ts';

const LIMITS = {
  /** Bytes: the largest honest frame is a paste of 16,384 characters, escaped. */
  maxPayload: 128 * 1024,
  /** A browser sends such a frame in a handful of pieces; each costs more than its bytes to keep. */
  maxFragments: 1_024,
  maxBufferedChunks: 1_024,
  /** Milliseconds a page has for its half of a close; until then its bytes are read and dropped. */
  closeTimeout: 1_000,
};

export const attachSocket = (
  server: Server,
  access: Access,
  runs: Runs,
  watcher: Watcher,
  history: History,
  reset: LabReset,
): WebSocketServer => {
  const sockets = new WebSocketServer({ ...LIMITS, noServer: true, perMessageDeflate: false });
  const served = new Map<string, (socket: WebSocket) => void>([
    ['/api/socket', (socket) => serve(socket, runs, watcher, history, reset)],
    ['/api/room', (socket) => relay(socket)],
  ]);
  server.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', () => stream.destroy());
    const verdict = access.decide(request, 'socket');
    if (!verdict.allowed) return refuseUpgrade(stream, verdict.status, verdict.message);
    const servePath = served.get(pathOf(request));
    if (servePath === undefined) return refuseUpgrade(stream, 404, '없는 주소입니다.');
    sockets.handleUpgrade(request, stream, head, servePath);
  });
  return sockets;
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';

type RunMessage = Exclude<ClientMessage, { type: 'cluster.watch' | 'lab.reset' }>;

const serve = (
  socket: WebSocket,
  runs: Runs,
  watcher: Watcher,
  history: History,
  reset: LabReset,
): void => {
  /** By the run's id. */
  const viewers = new Map<string, { readonly step: string; readonly viewer: Viewer }>();
  /** How to hear no more of a step's run, by the step. */
  const hearing = new Map<string, () => void>();

  const send = (message: ServerMessage): void => socket.send(JSON.stringify(message));
  const sendOutput = (run: string, offset: number, bytes: Uint8Array, left: () => void): void => {
    const header: OutputHeader = { type: 'run.output', run, offset };
    // One message in two parts: the bytes are not copied.
    socket.send(Buffer.from(`${JSON.stringify(header)}\n`), { fin: false, binary: true });
    socket.send(bytes, { fin: true, binary: true }, left);
  };

  /**
   * Tells the run's status now and whenever it is up in the background, is told to stop, waits for the
   * cluster, ends, or its outcome is known; then what became of the cluster.
   */
  const announce = (run: Run): void => {
    forgetOthers(run.step);
    let told = run.status;
    let effectTold = false;
    const tellEffect = (): void => {
      if (effectTold || run.effect === undefined) return;
      effectTold = true;
      send({ type: 'run.effect', run: run.id, changes: [...run.effect] });
    };
    send(told);
    tellEffect();
    const tell = (): void => {
      const now = run.status;
      if (stageOf(now) !== stageOf(told)) {
        told = now;
        // The last bytes go before the word that there are no more.
        viewers.get(run.id)?.viewer.flush();
        send(now);
      }
      tellEffect();
    };
    hearing.set(run.step, run.subscribe(tell));
  };
  /** A page shows one run of a step, the newest. */
  const forgetOthers = (step: string): void => {
    hearing.get(step)?.();
    for (const [id, { viewer, step: its }] of viewers) {
      if (its !== step) continue;
      viewer.close();
      viewers.delete(id);
    }
  };

  let unwatch = (): void => {};
  /** A page that reads nothing is told the whole state once it reads again, not all it has missed. */
  const watch = (): void => {
    const unwatchBefore = unwatch;
    let missed = false;
    const tellHistory = (): void =>
      send({ type: 'cluster.history', happenings: [...history.happenings] });
    tellHistory();
    const leaveHistory = history.subscribe((happening) => {
      if (!missed) send({ type: 'cluster.happened', happening });
    });
    const leaveWatcher = watcher.watch((message, state) => {
      const late = socket.bufferedAmount > BACKLOG;
      if (!late) send(missed ? state : message);
      if (!late && missed) tellHistory();
      missed = late;
    });
    const leaveReset = reset.subscribe(({ state }) => {
      if (state === 'done') tellHistory();
    });
    unwatch = () => {
      leaveReset();
      leaveHistory();
      leaveWatcher();
    };
    // At last: while nobody watched, the watcher would forget what it knows.
    unwatchBefore();
  };

  const startOver = (): void => {
    try {
      reset.begin();
    } catch (error) {
      const { message: text, step } = explain(error);
      send({
        type: 'lab.resetting',
        state: 'refused',
        at: Date.now(),
        text,
        ...(step && { step }),
      });
    }
  };

  const receive = async (message: RunMessage): Promise<void> => {
    if (message.type === 'run.start') {
      const { run: id, step, values, cols, rows, removes } = message;
      const run = await runs.start({ id, step, values, size: { cols, rows }, removes });
      send(run.status);
      return;
    }
    const run = await runs.find(message.run);
    if (run === undefined) {
      throw new LabError(
        'unknown-run',
        '이 실행은 더 이상 남아 있지 않습니다. 다시 실행해 주세요.',
      );
    }
    // Meanwhile, the page may have left.
    if (socket.readyState !== socket.OPEN) return;
    switch (message.type) {
      case 'run.input':
        run.write(Buffer.from(message.data));
        await run.taken();
        return send({ type: 'run.taken', run: run.id });
      case 'run.signal':
        return run.signal(message.signal);
      case 'run.resize':
        return run.resize(message);
      case 'run.attach':
        viewers.get(run.id)?.viewer.close();
        viewers.set(run.id, {
          step: run.step,
          viewer: createViewer(run, message.offset, (...output) => sendOutput(run.id, ...output)),
        });
        return;
      case 'run.ack':
        return viewers.get(run.id)?.viewer.acknowledge(message.offset);
    }
  };

  readFrames(socket, (text) => {
    const message = text === undefined ? undefined : parse(text);
    if (message === undefined) {
      send(
        problem(
          'bad-message',
          '페이지가 보낸 내용을 이해할 수 없습니다. 페이지를 새로 고쳐 주세요.',
        ),
      );
      return;
    }
    if (message.type === 'cluster.watch') {
      if (message.on) watch();
      else unwatch();
      return;
    }
    if (message.type === 'lab.reset') {
      startOver();
      return;
    }
    receive(message).catch((error: unknown) => send({ ...explain(error), run: message.run }));
  });
  // An oversized or broken frame: ws closes the connection with the right code by itself.
  socket.on('error', () => {});
  socket.on('close', () => {
    unwatch();
    for (const { viewer } of viewers.values()) viewer.close();
    for (const stop of hearing.values()) stop();
    forgetReset();
    forgetRuns();
  });

  // Also to a page that was not there when it was done: before the runs that there are.
  const forgetReset = reset.subscribe(send);
  if (reset.status !== undefined) send(reset.status);
  const forgetRuns = runs.subscribe(announce);
  for (const run of runs.newest()) announce(run);
};

const stageOf = ({ status, background, stopping, check, outcome }: RunStatus): string =>
  [status, background, stopping !== null, check?.state, check?.reason, outcome === null].join();

const parse = (text: string): ClientMessage | undefined => {
  try {
    return ClientMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const problem = (code: ErrorCode, message: string): ErrorMessage => ({
  type: 'error',
  code,
  message,
});

const explain = (error: unknown): ErrorMessage => {
  if (!(error instanceof LabError)) {
    console.error(error);
    return problem('internal', '실습실 안에서 예상하지 못한 오류가 났습니다.');
  }
  const step = error.step === undefined ? {} : { step: error.step };
  return { ...problem(error.code, error.message), ...step };
};
