/** `npm run -s lab -- new CHAPTER/ID`: a step to begin with, the last of its chapter. */
import { readFile, writeFile } from 'node:fs/promises';
import { LabError } from '../errors.ts';
import { StepId } from '../protocol.ts';
import { openLessons, pathOf, readSteps, refuse } from './read.ts';

/**
 * @param folder the folder of the chapters, `content/`.
 * @returns where it was written: `content/02-topics/index.mdx:141`.
 * @throws LabError `usage` for a name that cannot be, or is taken, and for a chapter that there is not.
 * @throws LessonError where the book cannot be read as it is.
 */
export const addStep = async (folder: URL, name: string): Promise<string> => {
  const [chapter, id = ''] = name.split('/');
  // The latter name what brings the cluster where a chapter or a step begins.
  const isFree = StepId.safeParse(name).success && id !== 'start' && !id.startsWith('before-');
  if (!isFree) throw new LabError('usage', badName(name));
  const lessons = await openLessons(folder, refuse);
  const chapters = lessons.filter(({ file }) => /\/\d+-[^/]+\/index\.mdx$/.test(file));
  const lesson = chapters.find((each) => each.chapter === chapter);
  if (lesson === undefined) {
    const known = chapters.map((each) => each.chapter).join(', ');
    throw new LabError('usage', `${chapter}: 이런 장은 없습니다. 있는 장: ${known}`);
  }
  const taken = lessons.some((each) => readSteps(each, refuse).some((step) => step.id === name));
  if (taken) {
    throw new LabError('usage', `${name}: 이런 단계가 이미 있습니다. 다른 이름을 골라 주세요.`);
  }
  const file = new URL(pathOf(lesson.file), folder);
  const text = withImport((await readFile(file, 'utf8')).trimEnd());
  const at = QUIZ.exec(text)?.index ?? text.length;
  const [before, after] = [text.slice(0, at).trimEnd(), text.slice(at)];
  await writeFile(file, [before, template(id), after].join('\n\n').trimEnd().concat('\n'));
  return `${lesson.file}:${before.split('\n').length + 2}`;
};

/** What is asked at a chapter's end, with its heading and what it says before the first question. */
const QUIZ = /^## (?:(?!^##? )[\s\S])*?^<Quiz\b/m;

const badName = (name: string): string =>
  `${name}: 쓸 수 없는 이름입니다. 장/단계를 영어 소문자로 시작하는 소문자, 숫자, "-"로 적어 주세요. "start"와 "before-…"는 시작 상태를 맞추는 데 쓰입니다. 예: topics/delete-orders`;

const IMPORT = "import Step from '../../src/components/Step.astro';";

/** A chapter that has no steps yet does not know what a step is. */
const withImport = (text: string): string => {
  if (text.includes(IMPORT)) return text;
  const [matter = ''] = /^---\n[\s\S]*?\n---\n/.exec(text) ?? [];
  return `${matter}\n${IMPORT}\n${text.slice(matter.length)}`;
};

/** It can be run at once, and does no harm. */
const template = (id: string): string => `<Step id="${id}" title="무엇을 하는 단계인지 적습니다">
\`\`\`bash
# 명령이 무엇을 하는지 적습니다
docker-compose ps
\`\`\`
</Step>`;
