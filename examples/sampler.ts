/** Tells the page where a program stands, once a second: it draws that beside the terminal. */
import { setTimeout } from 'node:timers/promises';
import { EVENTS_OF, encodeEvent } from '../server/event-escape.ts';
import { aliveBrokers } from '../server/kafka/metadata.ts';
import type { ProgramEvent, Sample } from '../server/program-events.ts';
import { PORTS } from './connection.ts';

export type Standing = Pick<Sample, 'counts' | 'failed' | 'unknown' | 'waiting'>;

export interface Sampler {
  /** Tells where it stands now, for the last time. */
  stop(): void;
}

/** Milliseconds between two samples, and those that a broker has to answer. */
const PERIOD = 1_000;
const ANSWER = { timeout: 800 };

/** Nothing is told in a terminal of one's own. */
export const tell = (event: ProgramEvent): void => {
  const run = process.env[EVENTS_OF];
  if (run !== undefined) process.stdout.write(encodeEvent(run, event));
};

export const startSampler = (
  subject: Pick<Sample, 'topic' | 'what'>,
  standing: () => Standing,
): Sampler => {
  if (!(EVENTS_OF in process.env)) return { stop: () => {} };
  const stopping = new AbortController();
  const { signal } = stopping;
  let silent: readonly number[] = [];
  const tellSample = (at: number, now: Standing): void =>
    tell({ type: 'sample', ...subject, at: Math.round(at), ...now, silent: [...silent] });
  const sample = async (): Promise<void> => {
    const [at, now] = [performance.now(), standing()];
    silent = await silentBrokers();
    if (!signal.aborted) tellSample(at, now);
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const next = performance.now() + PERIOD;
      await sample();
      const wait = Math.max(0, next - performance.now());
      await setTimeout(wait, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  void loop();
  return {
    stop: () => {
      if (signal.aborted) return;
      stopping.abort();
      const { unknown, waiting, ...rest } = standing();
      // Nobody waits any more: what became of these, nobody can tell.
      const open = waiting.reduce((sum, count) => sum + count, 0);
      const last = { ...rest, unknown: unknown + open, waiting: waiting.map(() => 0) };
      tellSample(performance.now(), last);
    },
  };
};

/** The ids of those that do not answer now. */
const silentBrokers = async (): Promise<number[]> => {
  const answers = await Promise.allSettled(PORTS.map((port) => aliveBrokers(port, ANSWER)));
  return answers.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []));
};
