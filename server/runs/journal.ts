/**
 * A run's folder on disk: what is going to be done (`run.json`, before it is done), what happened
 * (`events.jsonl`) and the bytes (segments). Whoever finds it after a crash knows as much as can be
 * known.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../errors.ts';
import { CheckStatus, ClusterDifference, Outcome, RunStatus } from '../protocol.ts';
import type { Output } from './output.ts';
import { readSegments, writeSegments } from './segments.ts';

const Intent = RunStatus.pick({ run: true, step: true, startedAt: true }).extend({
  cols: z.int(),
  rows: z.int(),
  edition: RunStatus.shape.edition.default(''),
  lab: z.enum(['local', 'docker']),
  /** Its step asks what will become of the cluster. */
  asks: z.boolean().default(false),
});

/** `at`: milliseconds since the run began. */
const Event = z.discriminatedUnion('event', [
  /** A background run has printed what it should. */
  z.strictObject({ event: z.literal('up'), at: z.number() }),
  /** What came of looking whether the cluster is as the step declares. */
  CheckStatus.extend({ event: z.literal('check'), at: z.number() }),
  z.strictObject({ event: z.literal('signal'), at: z.number(), signal: z.string() }),
  z.strictObject({
    event: z.literal('end'),
    at: z.number(),
    status: RunStatus.shape.status,
    exitCode: RunStatus.shape.exitCode,
    /** Whether every byte of its output is here. */
    whole: z.boolean().default(true),
  }),
  /** What its step's question has turned out to be. */
  Outcome.extend({ event: z.literal('outcome'), at: z.number() }),
  /** After the end: what became of the cluster. */
  z.strictObject({
    event: z.literal('effect'),
    at: z.number(),
    changes: z.array(ClusterDifference),
  }),
]);

export type Intent = z.input<typeof Intent>;
export type Event = z.input<typeof Event>;

export interface Journal {
  /** Never throws: a run does not end because its disk is full. */
  append(bytes: Uint8Array): void;
  /** Whether it could be noted. */
  note(event: Event): boolean;
  /** Whether every byte so far is on disk. */
  readonly whole: boolean;
  /** After `close`: the output, if the disk has it all. */
  kept(): Output | undefined;
  /** Never throws, either. */
  close(): void;
}

/** @throws LabError `unavailable` when the intent cannot be written; then nothing may be done. */
export const createJournal = (folder: string, intent: Intent, elapsed: () => number): Journal => {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'run.json'), `${JSON.stringify(intent)}\n`);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new LabError(
      'unavailable',
      `실행 기록을 저장할 수 없어 실행하지 않았습니다. 디스크에 빈 공간이 있는지, 폴더에 쓸 수 있는지 확인해 주세요: ${dirname(folder)}`,
      { cause: error },
    );
  }
  const segments = writeSegments(folder, elapsed);
  let whole = true;
  const attempt = (write: () => void): boolean => {
    try {
      write();
      return true;
    } catch (error) {
      console.error(`실행 기록을 쓸 수 없습니다(${folder}): ${String(error)}`);
      return false;
    }
  };
  return {
    get whole() {
      return whole;
    },
    append: (bytes) => {
      // Nothing after a hole: what is there must be what came.
      if (whole) whole = attempt(() => segments.append(bytes));
    },
    // On a line of its own: the one before may be torn, by a disk that was full for a moment.
    note: (event) =>
      attempt(() => appendFileSync(join(folder, 'events.jsonl'), `\n${JSON.stringify(event)}\n`)),
    kept: () => {
      try {
        return whole ? readSegments(folder) : undefined;
      } catch {
        // Somebody has removed it under its run.
        return undefined;
      }
    },
    close: () => void attempt(segments.close),
  };
};

export interface Recorded {
  readonly intent: z.output<typeof Intent>;
  readonly events: readonly z.output<typeof Event>[];
  readonly output: Output;
}

/** Its writer crashed before the intent was whole: nothing was done. */
export class NoJournal extends Error {
  override readonly name = 'NoJournal';
}

/** @throws NoJournal */
export const readJournal = (folder: string): Recorded => ({
  intent: readIntent(folder),
  events: readEvents(folder),
  output: readSegments(folder),
});

const readIntent = (folder: string): Recorded['intent'] => {
  const file = join(folder, 'run.json');
  if (!existsSync(file)) throw new NoJournal();
  const text = readFileSync(file, 'utf8');
  try {
    return Intent.parse(JSON.parse(text));
  } catch {
    throw new NoJournal();
  }
};

const readEvents = (folder: string): Recorded['events'] => {
  let text = '';
  try {
    text = readFileSync(join(folder, 'events.jsonl'), 'utf8');
  } catch {
    // Nothing has happened yet.
  }
  // Any line may be torn.
  return text.split('\n').flatMap((line) => {
    try {
      return [Event.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
};
