import { expect, it } from 'vitest';
import { addStep } from '../../../server/lessons/new-step.ts';
import { proofread } from '../../../server/lessons/proof.ts';
import { readLessons } from '../../../server/lessons/read.ts';
import { makeBook, step } from './book-folder.ts';

const IMPORT = "import Step from '../../src/components/Step.astro';";
const files = {
  'index.mdx': '---\ntitle: 시작\n---\n',
  '01-environment/index.mdx': '---\ntitle: 환경\nneeds: []\n---\n\n글.\n',
  '02-topics/index.mdx': `---\ntitle: 토픽\nneeds: []\n---\n\n${IMPORT}\n\n${step('docker-compose ps')}\n\n`,
};

it('writes a step at the end of its chapter that can be run, and says where', async () => {
  const book = makeBook(files);
  expect(await addStep(book.folder, 'topics/new')).toBe('content/02-topics/index.mdx:14');
  expect(book.read('02-topics/index.mdx').split('\n')[13]).toMatch(/^<Step id="new" title=/);
  expect([...(await readLessons(book.folder)).keys()]).toEqual(['topics/list', 'topics/new']);
  expect((await proofread(book.folder)).problems).toEqual([]);
});

it('writes it before what is asked at the end of its chapter', async () => {
  const quiz = '## 확인 문제\n\n골라 보세요.\n\n<Quiz\n  id="one"\n/>\n';
  const before = `${files['02-topics/index.mdx'].trimEnd()}\n\n## 더 보기\n\n글.\n`;
  const book = makeBook({ ...files, '02-topics/index.mdx': `${before}\n${quiz}` });
  expect(await addStep(book.folder, 'topics/new')).toBe('content/02-topics/index.mdx:18');
  const text = book.read('02-topics/index.mdx');
  expect(text.startsWith(`${before}\n<Step id="new"`)).toBe(true);
  expect(text.endsWith(`</Step>\n\n${quiz}`)).toBe(true);
});

it('tells a chapter without steps what a step is', async () => {
  const book = makeBook(files);
  expect(await addStep(book.folder, 'environment/new')).toBe('content/01-environment/index.mdx:10');
  expect(book.read('01-environment/index.mdx')).toMatch(
    `---\ntitle: 환경\nneeds: []\n---\n\n${IMPORT}\n\n글.\n\n<Step id="new"`,
  );
});

it.each([
  ['topics/list', /^topics\/list: 이런 단계가 이미 있습니다/],
  ['topic/new', /^topic: 이런 장은 없습니다. 있는 장: environment, topics$/],
  ['index/new', /^index: 이런 장은 없습니다/],
  ['new', /^new: 쓸 수 없는 이름입니다.* 예: topics\/delete-orders$/],
  ['topics/New', /쓸 수 없는 이름입니다/],
  ['topics/2nd', /쓸 수 없는 이름입니다/],
  ['topics/start', /쓸 수 없는 이름입니다/],
  ['topics/before-list', /쓸 수 없는 이름입니다/],
  ['../topics/new', /쓸 수 없는 이름입니다/],
])('refuses %s, and writes nothing', async (name, message) => {
  const book = makeBook(files);
  await expect(addStep(book.folder, name)).rejects.toThrow(message);
  for (const [path, text] of Object.entries(files)) expect(book.read(path)).toBe(text);
});

it('leaves a book alone that cannot be read', async () => {
  const book = makeBook({ ...files, '02-topics/index.mdx': '<Step' });
  await expect(addStep(book.folder, 'environment/new')).rejects.toThrow(
    /^content\/02-topics\/index\.mdx:1: /,
  );
});
