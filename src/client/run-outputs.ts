import type { RunId, RunStatus } from '../../server/protocol.ts';
import { type ConnectionState, connection } from './connection.ts';
import { createRunReader, type RunReader } from './run-reader.ts';
import { isFinal } from './step-state.ts';

export interface OutputEvents {
  handleConnection(state: ConnectionState): void;
  /** What is known of the newest run of its step, also of one whose output has been read. */
  handleStatus(run: RunStatus): void;
  /** A run goes on; its output comes when it has ended. */
  handleRunning(run: RunStatus): void;
  handleOutput(run: RunStatus, text: string): void;
  /** So many of the outputs there are have been read. */
  handleProgress(read: number, all: number): void;
  /** Runs that began before `at` are no more. */
  handleReset(at: number): void;
}

/**
 * Reads what the newest run of each step has printed, one after the other, and changes nothing.
 * Returns how to stop.
 */
export const readOutputs = (events: OutputEvents): (() => void) => {
  /** By step: what is still to be read, and what has been. */
  const waiting = new Map<string, RunStatus>();
  const read = new Map<string, RunId>();
  let current: { readonly run: RunId; readonly reader: RunReader } | undefined;
  let busy = false;

  const readOne = async (status: RunStatus): Promise<void> => {
    const { openTextScreen } = await import('./text-screen.ts');
    const screen = openTextScreen();
    const { run } = status;
    const reader = createRunReader({
      write: screen.write,
      acknowledge: (offset) => connection.send({ type: 'run.ack', run, offset }),
    });
    current = { run, reader };
    try {
      // Without a connection it is told of again when there is one.
      if (!connection.send({ type: 'run.attach', run, offset: 0 })) return;
      await reader.drawn(status.size);
      if (connection.state !== 'open') return;
      read.set(status.step, run);
      events.handleOutput(status, screen.text);
    } finally {
      current = undefined;
      reader.dispose();
      screen.dispose();
    }
  };
  const readAll = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let next = take(); next !== undefined; next = take()) {
      events.handleProgress(read.size, read.size + waiting.size + 1);
      await readOne(next);
    }
    busy = false;
    events.handleProgress(read.size, read.size);
  };
  const take = (): RunStatus | undefined => {
    const [next] = waiting.values();
    if (next !== undefined) waiting.delete(next.step);
    return next;
  };
  const handleStatus = (status: RunStatus): void => {
    events.handleStatus(status);
    if (!isFinal(status)) {
      waiting.delete(status.step);
      events.handleRunning(status);
    } else if (read.get(status.step) !== status.run && current?.run !== status.run) {
      waiting.set(status.step, status);
      void readAll();
    }
  };

  return connection.subscribe({
    handleConnection: (state) => {
      if (state === 'lost') waiting.clear();
      events.handleConnection(state);
      if (state === 'open') events.handleProgress(read.size, read.size + waiting.size);
    },
    handleMessage: (message) => {
      if (message.type === 'run.status') handleStatus(message);
      if (message.type !== 'lab.resetting' || message.state !== 'done') return;
      // Their next runs have other ids.
      waiting.clear();
      events.handleReset(message.at);
    },
    handleOutput: ({ run, offset }, bytes) => {
      if (run === current?.run) current.reader.take(offset, bytes);
    },
  });
};
