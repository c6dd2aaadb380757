/** Where chapters begin: `needs` in the front matter of each, and on a step, as a step of its own. */
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Checkpoint } from '../cluster/lacking.ts';
import { type Check, type Need, Needs } from './check.ts';
import { type Makers, makersOf } from './makers.ts';
import { LessonError, type Lessons, readLessons, type Step } from './read.ts';

/** What comes from the front matter; the rest of it is Starlight's. */
const Front = z.object({ needs: Needs });

/** By `chapter/start`, and by `chapter/before-id` for a step that declares its own. */
export type Checkpoints = ReadonlyMap<string, Step>;

/** The steps of the lessons, and those that bring the cluster where one begins. */
export const readAllSteps = async (folder: URL): Promise<Map<string, Step>> => {
  const lessons = await readLessons(folder);
  return new Map([...lessons, ...(await readCheckpoints(folder, lessons))]);
};

/**
 * @param folder of the chapters, as `readLessons` has read them.
 * @throws LessonError for a chapter that does not say what it needs, and for what no step makes.
 */
export const readCheckpoints = async (folder: URL, lessons: Lessons): Promise<Checkpoints> => {
  const makers = makersOf(lessons.values());
  const chapters = Map.groupBy(lessons.values(), ({ id }) => id.split('/')[0] ?? '');
  const checkpoints = new Map<string, Step>();
  const add = (id: string, title: string, needs: readonly Need[], later: readonly Step[]): void => {
    if (lessons.has(id)) throw new LessonError(`${id}: 이 이름은 시작 상태를 맞추는 데 쓰입니다`);
    const missing = needs.find((need) => !isMade(need, makers));
    if (missing !== undefined)
      throw new LessonError(`${id}: needs의 ${JSON.stringify(missing)} 를 만드는 단계가 없습니다`);
    const checkpoint = { needs, makes: makesOf(needs, later) };
    // Nothing to bring about.
    if (needs.length === 0) return;
    checkpoints.set(id, stepOf(id, title, checkpoint, makers));
  };
  for (const name of (await readdir(folder)).sort()) {
    const [, number, chapter = ''] = /^(\d+)-(.+)$/.exec(name) ?? [];
    const steps = chapters.get(chapter);
    if (steps === undefined) continue;
    const file = `${name}/index.mdx`;
    const source = await readFile(new URL(file, folder), 'utf8');
    const front = Front.safeParse(parse(/^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? ''));
    if (!front.success) throw new LessonError(`${file}: needs: ${front.error.issues[0]?.message}`);
    add(`${chapter}/start`, `${Number(number)}장 시작 준비`, front.data.needs, steps);
    for (const [at, { id, props }] of steps.entries()) {
      if (props.needs === undefined) continue;
      add(checkpointOf(id), `‘${props.title}’ 준비`, props.needs, steps.slice(at));
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
