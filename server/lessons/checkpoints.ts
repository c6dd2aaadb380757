/** Where chapters begin: `needs` in the front matter of each, and on a step, as a step of its own. */
import { readFile } from 'node:fs/promises';
import type { Checkpoint } from '../cluster/lacking.ts';
import type { Check, Need } from './check.ts';
import { ChapterFront, readFront } from './front.ts';
import { type Makers, makersOf } from './makers.ts';
import {
  LessonError,
  type Lessons,
  listLessons,
  pathOf,
  readLessons,
  refuse,
  type Step,
} from './read.ts';

/** By `chapter/start`, and by `chapter/before-id` for a step that declares its own. */
export type Checkpoints = ReadonlyMap<string, Step>;

/** The steps of the lessons, and those that bring the cluster where one begins. */
export const readAllSteps = async (folder: URL): Promise<Map<string, Step>> => {
  const lessons = await readLessons(folder);
  return new Map([...lessons, ...(await readCheckpoints(folder, lessons))]);
};

/**
 * @param folder of the chapters, as `readLessons` has read them.
 * @param report is told of a chapter that does not say what it needs, and of what no step makes; by
 *   default, the first is thrown.
 */
export const readCheckpoints = async (
  folder: URL,
  lessons: Lessons,
  report = refuse,
): Promise<Checkpoints> => {
  const makers = makersOf(lessons.values());
  const chapters = Map.groupBy(lessons.values(), ({ id }) => id.split('/')[0] ?? '');
  const checkpoints = new Map<string, Step>();
  const add = (
    file: string,
    line: number | undefined,
    id: string,
    title: string,
    needs: readonly Need[],
    later: readonly Step[],
  ): void => {
    const complain = (message: string): void =>
      report(new LessonError(file, line, `${id}: ${message}`));
    if (lessons.has(id)) complain('이 이름은 시작 상태를 맞추는 데 쓰입니다');
    for (const need of needs.filter((each) => !isMade(each, makers)))
      complain(`needs에 적은 것을 만드는 단계가 없습니다: ${JSON.stringify(need)}`);
    const checkpoint = { needs, makes: makesOf(needs, later) };
    // Nothing to bring about.
    if (needs.length === 0) return;
    checkpoints.set(id, stepOf(id, title, checkpoint, makers));
  };
  for (const file of await listLessons(folder)) {
    const [, number, chapter = ''] = /^(\d+)-([^/]+)\/index\.mdx$/.exec(pathOf(file)) ?? [];
    const steps = chapters.get(chapter);
    if (steps === undefined) continue;
    const { data, lineOf } = readFront(await readFile(new URL(pathOf(file), folder), 'utf8'));
    const line = lineOf(['needs']);
    const front = ChapterFront.safeParse(data);
    if (!front.success) {
      report(new LessonError(file, line, `needs: ${front.error.issues[0]?.message}`));
      continue;
    }
    add(file, line, `${chapter}/start`, `${Number(number)}장 시작 준비`, front.data.needs, steps);
    for (const [index, { id, props }] of steps.entries()) {
      if (props.needs === undefined) continue;
      add(
        file,
        undefined,
        checkpointOf(id),
        `‘${props.title}’ 준비`,
        props.needs,
        steps.slice(index),
      );
    }
  }
  return checkpoints;
};

/** `availability/unclean` → `availability/before-unclean`. */
export const checkpointOf = (step: string): string => step.replace('/', '/before-');

const isMade = (need: Need, makers: Makers): boolean => {
  if ('topic' in need) return makers.topic(need) !== undefined;
  return 'group' in need ? makers.group(need.group) !== undefined : true;
};

/** What the steps make from here on, and is not there before. */
const makesOf = (needs: readonly Need[], steps: readonly Step[]): Checkpoint['makes'] =>
  makersOf(steps).shapes.filter(({ topic }) =>
    needs.every((each) => !('topic' in each) || each.topic !== topic),
  );

const stepOf = (id: string, title: string, checkpoint: Checkpoint, makers: Makers): Step => ({
  id,
  // Which ones, only a look at the cluster tells.
  commands: [],
  props: { id: id.split('/')[1] ?? '', title, check: [...checkpoint.needs, ...inSync(checkpoint)] },
  checkpoint: { ...checkpoint, makers },
});

/** Where no broker is to be down, every replica of what is needed has caught up. */
const inSync = ({ needs }: Checkpoint): Check[] =>
  needs.some((each) => 'down' in each)
    ? []
    : needs.flatMap((each) =>
        'topic' in each ? { isr: { topic: each.topic, size: each.replicationFactor } } : [],
      );
