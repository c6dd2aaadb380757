/** content/ to steps: the lesson is the program, and this is the only reader of it. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RootContent } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { EXIT, visit } from 'unist-util-visit';
import type { Command } from './action.ts';
import { parseCommand } from './command.ts';
import { parseFilter } from './grep.ts';
import { readLiteral } from './literal.ts';
import { StepProps } from './step-props.ts';
import { CommandError, splitCommands } from './words.ts';

export interface Step {
  /** `chapter/id`. */
  readonly id: string;
  readonly commands: readonly Command[];
  /** What the author wrote on it. */
  readonly props: StepProps;
}

/** By `chapter/id`, in the order of the chapters and of the steps in them. */
export type Lessons = ReadonlyMap<string, Step>;

/** What an author has to mend, and where: `content/02-topics/index.mdx:40: …`. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
}

/**
 * @param folder the folder of the chapters, `content/`.
 * @throws LessonError for the first thing that an author has to mend.
 */
export const readLessons = async (folder: URL): Promise<Lessons> => {
  const lessons = new Map<string, Step>();
  const files = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.mdx') && !/(^|\/)_/.test(file))
    .sort();
  for (const file of files) {
    const path = new URL(file, folder);
    const source = await readFile(path, 'utf8');
    const name = `${fileURLToPath(folder).split(/[\\/]/).at(-2)}/${file}`;
    for (const step of readSteps(source, name, chapterOf(file))) {
      if (lessons.has(step.id)) throw new LessonError(`${name}: ${step.id} 라는 단계가 둘입니다`);
      lessons.set(step.id, step);
    }
  }
  return lessons;
};

/** `01-environment/index.mdx` → `environment`: the number orders the chapters and names nothing. */
const chapterOf = (file: string): string =>
  (file.split('/')[0] ?? '').replace(/\.mdx$/, '').replace(/^\d+-/, '');

const readSteps = (source: string, file: string, chapter: string): Step[] => {
  // Front matter is YAML, which the Markdown parser would take for text; blank lines keep the count.
  const body = source.replace(/^---\n[\s\S]*?\n---/, (yaml) => yaml.replace(/[^\n]/g, ''));
  const tree = parse(body, file);
  const steps: Step[] = [];
  visit(tree, 'mdxJsxFlowElement', (element) => {
    if (element.name === 'Step') steps.push(readStep(element, file, chapter));
  });
  return steps;
};

const parse = (body: string, file: string) => {
  try {
    return unified().use(remarkParse).use(remarkMdx).parse(body);
  } catch (error) {
    // A VFileMessage: where it is, and why.
    const line = error instanceof Error && 'line' in error ? error.line : '?';
    const reason = error instanceof Error ? error.message : String(error);
    throw new LessonError(`${file}:${line}: ${reason}`);
  }
};

const readStep = (element: MdxJsxFlowElement, file: string, chapter: string): Step => {
  const at = `${file}:${element.position?.start.line ?? 0}`;
  const props = StepProps.safeParse(Object.fromEntries(readAttributes(element, at)));
  if (!props.success) {
    const [issue] = props.error.issues;
    const path = issue?.path.map((key) => ` ${String(key)}`).join('') ?? '';
    throw new LessonError(`${at}: <Step>${path}: ${issue?.message ?? ''}`);
  }
  const fence = findFence(element);
  if (fence === undefined)
    throw new LessonError(`${at}: <Step> 안에는 \`\`\`bash 블록이 꼭 하나 있어야 합니다`);
  const commands = readCommands(fence.value, file, (fence.position?.start.line ?? 0) + 1);
  if (commands.length === 0) throw new LessonError(`${at}: <Step> 의 블록에 명령이 없습니다`);
  return { id: `${chapter}/${props.data.id}`, commands, props: props.data };
};

const readAttributes = (element: MdxJsxFlowElement, at: string): [string, unknown][] =>
  element.attributes.map((attribute) => {
    if (attribute.type !== 'mdxJsxAttribute') {
      throw new LessonError(`${at}: <Step> 의 속성은 하나씩 이름을 적습니다`);
    }
    const { name, value } = attribute;
    if (value === null || value === undefined) return [name, true];
    if (typeof value === 'string') return [name, value];
    try {
      return [name, readLiteral(value.data?.estree)];
    } catch {
      throw new LessonError(
        `${at}: <Step> 의 ${name} 에는 값을 그대로 적습니다. 예: input={"1\\n"}, expect={{ failure: 'NotEnoughReplicas' }}`,
      );
    }
  });

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

const readCommands = (text: string, file: string, firstLine: number): Command[] => {
  const located = <T>(line: number, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new LessonError(`${file}:${firstLine + line + error.line}: ${error.message}`);
    }
  };
  return located(0, () => splitCommands(text)).map(({ words, filter, ...command }) => ({
    text: command.text,
    action: located(command.line, () => parseCommand(words)),
    grep: filter && located(command.line, () => parseFilter(filter)),
  }));
};
