/** The reader whose clicks are recorded: every step in its order, typing and stopping where a lesson says so. */
import { setTimeout } from 'node:timers/promises';
import type { Size } from '../../server/lab/lab.ts';
import { editionOf } from '../../server/lessons/edition.ts';
import type { Lessons, Step } from '../../server/lessons/read.ts';
import type { Recording, RecordingHeader } from '../../server/lessons/recording.ts';
import type { RecordingPage } from './page.ts';
import { createTape, type Tape } from './tape.ts';

/** Characters: of a terminal as wide as a lesson, or as its author says. */
const SIZE: Size = { cols: 100, rows: 24 };

/** Milliseconds without a change after which nothing more comes of a step, and how long that may take. */
const QUIET = 3_000;
const PATIENCE = 40_000;
/** Of a run that goes on: long enough to see that it does. */
const GOES_ON = 5_000;
/** Milliseconds that a step may take: a crash's drill takes minutes on a slow machine. */
const DEADLINE = 300_000;

interface Typing {
  /** What it has to have printed first. */
  readonly after: RegExp;
  /** Without it, the step's own example. */
  readonly data?: string;
  readonly interrupts?: boolean;
}

/** What a reader does while a step waits for typing. */
const TYPING: Readonly<Record<string, readonly Typing[]>> = {
  'failures/drill': [{ after: /선택하세요/ }],
  'availability/produce-below-min-isr': [
    { after: />/ },
    { after: /NotEnoughReplicas/, interrupts: true },
  ],
  'partitioning/same-key': [{ after: />/ }, { after: />[\s\S]*>[\s\S]*>/, data: '\x04' }],
};

/** After which step a lesson has the reader stop a run; what is not named here ends with its chapter. */
const STOPS: Readonly<Record<string, readonly string[]>> = {
  'failures/start-kafka3': ['failures/producer', 'failures/consumer'],
  'partitioning/read-partition-1': [
    'partitioning/read-partition-0',
    'partitioning/read-partition-1',
  ],
  'rebalancing/group-5': ['rebalancing/consumer-2'],
  'rebalancing/group-after': ['rebalancing/consumer-3'],
};

export interface Recorded {
  readonly step: Step;
  /** Of a run that goes on until it is stopped, its end is another recording. */
  readonly part: 'run' | 'end';
  readonly recording: Recording;
}

/**
 * @param made the versions, asked for once a broker runs.
 * @throws where a step does not do what its lesson says: that is not recorded.
 */
export async function* recordLessons(
  lessons: Lessons,
  page: RecordingPage,
  made: () => RecordingHeader['made'],
): AsyncGenerator<Recorded> {
  const steps = [...lessons.values()];
  for (const [index, step] of steps.entries()) {
    yield { step, part: 'run', recording: await record(step, page, made, () => run(step, page)) };
    const chapterEnds = chapterOf(steps[index + 1]) !== chapterOf(step);
    const left = steps.filter(
      (each) => chapterOf(each) === chapterOf(step) && page.status(each.id)?.background === true,
    );
    for (const each of left) {
      if (!chapterEnds && !STOPS[step.id]?.includes(each.id)) continue;
      const recording = await record(each, page, made, () => end(each, page));
      yield { step: each, part: 'end', recording };
    }
  }
}

const chapterOf = (step: Step | undefined): string | undefined => step?.id.split('/')[0];

const record = async (
  step: Step,
  page: RecordingPage,
  made: () => RecordingHeader['made'],
  act: () => Promise<void>,
): Promise<Recording> => {
  const timestamp = Math.floor(Date.now() / 1_000);
  const tape = createTape(step.id, page.cluster);
  page.listener = tape;
  await act();
  await settle(step, page, tape);
  const header = {
    version: 3 as const,
    term: sizeOf(step),
    timestamp,
    title: step.props.title,
    command: step.commands.map(({ text }) => text).join('\n'),
    step: step.id,
    edition: editionOf(step),
    made: made(),
  };
  return { header, events: tape.events };
};

const sizeOf = ({ props }: Step): Size => ({ ...SIZE, cols: props.columns ?? SIZE.cols });

const run = async (step: Step, page: RecordingPage): Promise<void> => {
  const { id, props } = step;
  page.click(id, sizeOf(step));
  for (const { after, data = props.input ?? '', interrupts } of TYPING[id] ?? []) {
    await until(`${id} to print ${after}`, page, () => after.test(page.text(id)));
    if (interrupts) page.signal(id, 'interrupt');
    else page.type(id, data);
  }
  await until(`${id} to pass`, page, () => {
    const { status } = page.status(id) ?? { status: 'running' };
    if (status !== 'running' && status !== 'passed')
      throw new Error(`${id} is ${status}:\n${page.text(id).slice(-2_000)}`);
    return status === 'passed';
  });
};

const end = async ({ id }: Step, page: RecordingPage): Promise<void> => {
  page.signal(id, 'interrupt');
  await until(`${id} to end`, page, () => page.status(id)?.background === false);
};

/** Until nothing more comes of it; then what the keys beside a lesson about keys would be. */
const settle = async (step: Step, page: RecordingPage, tape: Tape): Promise<void> => {
  const from = performance.now();
  if (page.status(step.id)?.background) await setTimeout(GOES_ON);
  while (tape.quiet < QUIET && performance.now() - from < PATIENCE) await setTimeout(QUIET / 10);
  if (chapterOf(step) !== 'partitioning') return;
  for (const topic of tape.grown) {
    if (!topic.startsWith('__')) tape.keys(topic, await page.keys(topic));
  }
};

const until = async (reason: string, page: RecordingPage, ready: () => boolean): Promise<void> => {
  const from = performance.now();
  while (!ready()) {
    page.check();
    if (performance.now() - from > DEADLINE) throw new Error(`waited in vain for ${reason}`);
    await setTimeout(50);
  }
};
