import { docsSchema } from '@astrojs/starlight/schema';
import { z } from 'zod';
import { ChapterFront, Front, readFront } from '../front.ts';
import { inWords, type Page, problem, type Rule } from './book.ts';
import { distance } from './distance.ts';

/** Front matter that the build would not take, and names in it that mean nothing. */
export const front: Rule = function* ({ pages }) {
  for (const page of pages) {
    const { data, broken, lineOf } = readFront(page.source);
    if (broken !== undefined) {
      yield problem(page, broken, UNREADABLE);
      continue;
    }
    for (const name of Object.keys(Object(data))) {
      if (name in Schema.shape) continue;
      yield problem(page, lineOf([name]), `${name}: 머리말에 이런 이름은 없습니다${suggest(name)}`);
    }
    for (const schema of isChapter(page) ? [Schema, ChapterFront] : [Schema]) {
      for (const { path, message } of schema.safeParse(data, { error: inKorean }).error?.issues ??
        [])
        yield problem(page, lineOf(path), `${inWords(path)}: ${message}`);
    }
  }
};

/** As `src/content.config.ts` has it. That a picture is there is for Astro to find. */
const image = (() => z.string()) as unknown as Parameters<Schemas>[0]['image'];
type Schemas = ReturnType<typeof docsSchema<typeof Front>>;
const Schema = docsSchema({ extend: Front })({ image });

/** Of those, `server/lessons/checkpoints.ts` wants to know where they begin. */
const isChapter = ({ file, anchors }: Page): boolean =>
  /\/\d+-[^/]+\/index\.mdx$/.test(file) && anchors.some(({ kind }) => kind === 'step');

const UNREADABLE =
  '머리말(--- 사이)을 읽을 수 없습니다. 이 줄과 그 앞에서 들여쓰기, 콜론, 따옴표, 괄호를 보아 주세요';

/** Where the schema itself does not say it. */
const inKorean: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return '꼭 적어야 합니다';
  if (issue.code === 'invalid_value')
    return `다음 가운데 하나여야 합니다: ${issue.values.map(String).join(', ')}`;
  return (issue.code === 'invalid_type' && TYPES[issue.expected]) || '여기에 쓸 수 없는 값입니다';
};

const TYPES: Readonly<Record<string, string>> = {
  string: '글이어야 합니다. 숫자나 true라면 따옴표로 감쌉니다',
  boolean: 'true나 false여야 합니다',
  number: '숫자여야 합니다',
  int: '정수여야 합니다',
  array: '목록이어야 합니다',
  object: '그 아래에 "이름: 값" 꼴로 적어야 합니다',
};

/** Letters that may be wrong in a name that is still meant. */
const TYPO = 2;

const suggest = (name: string): string => {
  const meant = Object.keys(Schema.shape).find((each) => distance(name, each) <= TYPO);
  return meant === undefined ? '' : `. 가장 비슷한 것: ${meant}`;
};
