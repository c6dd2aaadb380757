/** content/ to steps: the lesson is the program, and this is the only reader of it. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Root, RootContent } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { EXIT, visit } from 'unist-util-visit';
import type { Checkpoint } from '../cluster/lacking.ts';
import { LabError } from '../errors.ts';
import type { Values } from '../protocol.ts';
import type { Command } from './action.ts';
import { parseCommand } from './command.ts';
import { parseFilter } from './grep.ts';
import { readLiteral } from './literal.ts';
import type { Makers } from './makers.ts';
import { whyNoMdx } from './no-mdx.ts';
import { checkValues, defaultsOf, extremesOf, fillIn, Params } from './params.ts';
import { parseProps, type StepProps } from './step-props.ts';
import { CommandError, type CommandText, splitCommands } from './words.ts';

export interface Step {
  /** `chapter/id`. */
  readonly id: string;
  readonly commands: readonly Command[];
  /** What the author wrote on it. */
  readonly props: StepProps;
  /**
   * The step with these values in their places; only where some may be changed.
   *
   * @throws LabError `usage` for values that it may not have.
   */
  readonly vary?: ((values: Values) => Step) | undefined;
  /** Of one that brings the cluster where a chapter begins: then its commands are found as it runs. */
  readonly checkpoint?: Checkpoint & { readonly makers: Makers };
}

/** By `chapter/id`, in the order of the chapters and of the steps in them. */
export type Lessons = ReadonlyMap<string, Step>;

/** What an author has to mend, and where: `content/02-topics/index.mdx:40: …`. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  /** For Astro, which shows this place of a page that it cannot draw; it makes the path absolute. */
  loc: { file: string; line: number; column: number };

  /** @param line where only the file is known, `undefined`. */
  constructor(file: string, line: number | undefined, message: string) {
    super(`${line === undefined ? file : `${file}:${line}`}: ${message}`);
    this.loc = { file, line: line ?? 1, column: 1 };
  }
}

/** Is told of each thing that an author has to mend, and may throw it. */
export type Report = (error: LessonError) => void;

/** Goes no further than the first of them. */
export const refuse: Report = (error) => {
  throw error;
};

/** One file of the book, parsed. */
export interface Lesson {
  /** As it is named to the author: `content/02-topics/index.mdx`. */
  readonly file: string;
  readonly chapter: string;
  /** Its front matter included. */
  readonly source: string;
  readonly tree: Root;
}

/**
 * @param folder the folder of the chapters, `content/`.
 * @throws LessonError for the first thing that an author has to mend.
 */
export const readLessons = async (folder: URL): Promise<Lessons> => {
  const lessons = new Map<string, Step>();
  for (const lesson of await openLessons(folder, refuse)) {
    for (const step of readSteps(lesson, refuse)) {
      if (lessons.has(step.id)) refuse(twice(lesson.file, undefined, step.id));
      lessons.set(step.id, step);
    }
  }
  return lessons;
};

export const twice = (file: string, line: number | undefined, id: string): LessonError =>
  new LessonError(file, line, `${id}: 같은 이름의 단계가 둘입니다`);

/** Every file of the book that can be parsed, in their order. */
export const openLessons = async (folder: URL, report: Report): Promise<readonly Lesson[]> => {
  const lessons: Lesson[] = [];
  for (const file of await listLessons(folder)) {
    const path = pathOf(file);
    const source = await readFile(new URL(path, folder), 'utf8');
    const tree = parse(source, file, report);
    if (tree !== undefined) lessons.push({ file, chapter: chapterOf(path), source, tree });
  }
  return lessons;
};

/** Every file of the book as it is named to the author, also one that cannot be parsed, in their order. */
export const listLessons = async (folder: URL): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.mdx') && !/(^|\/)_/.test(file))
    .sort()
    .map((path) => `${fileURLToPath(folder).split(/[\\/]/).at(-2)}/${path}`);

/** `content/02-topics/index.mdx` → `02-topics/index.mdx`: in the folder of the chapters. */
export const pathOf = (file: string): string => file.replace(/^[^/]*\//, '');

/** `01-environment/index.mdx` → `environment`: the number orders the chapters and names nothing. */
const chapterOf = (file: string): string =>
  (file.split('/')[0] ?? '').replace(/\.mdx$/, '').replace(/^\d+-/, '');

/** Every step of the lesson that can be run. */
export const readSteps = ({ tree, file, chapter }: Lesson, report: Report): readonly Step[] => {
  const steps: Step[] = [];
  visit(tree, 'mdxJsxFlowElement', (element) => {
    const step = element.name === 'Step' && readStep(element, file, chapter, report);
    if (step) steps.push(step);
  });
  return steps;
};

const parse = (source: string, file: string, report: Report): Root | undefined => {
  // Front matter is YAML, which the Markdown parser would take for text; blank lines keep the count.
  const body = source.replace(/^---\n[\s\S]*?\n---/, (yaml) => yaml.replace(/[^\n]/g, ''));
  try {
    return unified().use(remarkParse).use(remarkMdx).parse(body);
  } catch (error) {
    const { line, sentence } = whyNoMdx(error);
    report(new LessonError(file, line, sentence));
    return undefined;
  }
};

const readStep = (
  element: MdxJsxFlowElement,
  file: string,
  chapter: string,
  report: Report,
): Step | undefined => {
  const complain = (message: string): void =>
    report(new LessonError(file, element.position?.start.line, message));
  const attributes = readAttributes(element, complain);
  const props = parseProps(attributes);
  for (const { path, message } of props.error?.issues ?? []) {
    complain(`<Step>${path.map((key) => ` ${String(key)}`).join('')}: ${message}`);
  }
  const fence = findFence(element);
  if (fence === undefined) {
    complain('<Step> 안에는 ```bash 블록이 꼭 하나 있어야 합니다');
    return undefined;
  }
  // Also where another of its props is wrong: all that is to be mended is to be found.
  const params = Params.safeParse(attributes.params).data;
  const first = (fence.position?.start.line ?? 0) + 1;
  const read = readCommands(fence.value, params, (line, message) =>
    report(new LessonError(file, first + line, message)),
  );
  if (read?.commands.length === 0) complain('<Step>의 블록에 명령이 없습니다');
  for (const name of Object.keys(params ?? {})) {
    if (!fence.value.includes(`{${name}}`))
      complain(`<Step> params: 명령에 {${name}} 자리가 없습니다`);
  }
  if (read === undefined || !props.success) return undefined;
  const { commands, texts } = read;
  const id = `${chapter}/${props.data.id}`;
  const step = { id, commands, props: props.data };
  if (params === undefined) return step;
  const vary = (values: Values): Step => {
    checkValues(params, values);
    try {
      const { data = step.props } = parseProps(attributes, values);
      return { id, commands: texts.map((text) => toCommand(text, values)), props: data };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new LabError('usage', error.message);
    }
  };
  return { ...step, vary };
};

/** What is written on an element, by name. @param complain of what would have to be evaluated. */
export const readAttributes = (
  { name: tag, attributes }: Pick<MdxJsxFlowElement, 'name' | 'attributes'>,
  complain: (message: string) => void,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    attributes.flatMap((attribute): [string, unknown][] => {
      if (attribute.type !== 'mdxJsxAttribute') {
        complain(`<${tag}>의 속성은 하나씩 이름을 적습니다`);
        return [];
      }
      const { name, value } = attribute;
      if (value === null || value === undefined) return [[name, true]];
      if (typeof value === 'string') return [[name, value]];
      try {
        return [[name, readLiteral(value.data?.estree)]];
      } catch {
        complain(
          `<${tag}>의 ${name}에는 값을 그대로 적습니다. 예: input={"1\\n"}, expect={{ failure: 'NotEnoughReplicas' }}`,
        );
        return [];
      }
    }),
  );

const findFence = (element: MdxJsxFlowElement) => {
  const fences: Extract<RootContent, { type: 'code' }>[] = [];
  visit(element, 'code', (code) => {
    fences.push(code);
    if (fences.length > 1) return EXIT;
    return undefined;
  });
  const [fence, second] = fences;
  return second === undefined && fence?.lang === 'bash' ? fence : undefined;
};

/** Values go into words that are split already: none becomes two, whatever it is. */
export const toCommand = ({ text, words, filter }: CommandText, values: Values): Command => ({
  text: fillIn(text, values),
  action: parseCommand(words.map((word) => fillIn(word, values))),
  grep: filter && parseFilter(filter.map((word) => fillIn(word, values))),
});

interface Fence {
  readonly commands: readonly Command[];
  /** With the places for values. */
  readonly texts: readonly CommandText[];
}

/** `undefined` where one of them is none of this lab's. @param complain with the line within the text. */
const readCommands = (
  text: string,
  params: Params | undefined,
  complain: (line: number, message: string) => void,
): Fence | undefined => {
  let whole = true;
  const located = <T>(line: number, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      whole = false;
      complain(line + error.line, error.message);
      return undefined;
    }
  };
  const texts = located(0, () => splitCommands(text, Object.keys(params ?? {}))) ?? [];
  const commandsWith = (values: Values): Command[] =>
    texts.flatMap((each) => located(each.line, () => toCommand(each, values)) ?? []);
  const commands = commandsWith(params === undefined ? {} : defaultsOf(params));
  // An author's mistake is one before a reader finds it.
  if (params !== undefined && whole) extremesOf(params).forEach(commandsWith);
  return whole ? { commands, texts } : undefined;
};
