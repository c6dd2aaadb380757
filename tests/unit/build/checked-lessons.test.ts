import type { HookParameters } from 'astro';
import { afterEach, expect, it, vi } from 'vitest';
import { checkedLessons } from '../../../src/build/checked-lessons.ts';
import { HEAD, makeBook, step } from '../lessons/book-folder.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a build of this lesson says where it stops; `undefined` where it goes on. */
const complaintAbout = async (
  files: Readonly<Record<string, string>>,
  command = 'build',
): Promise<string | undefined> => {
  const say = vi.spyOn(console, 'error').mockImplementation(() => {});
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  const { hooks } = checkedLessons(makeBook(files).folder);
  await hooks['astro:config:setup']?.({ command } as HookParameters<'astro:config:setup'>);
  expect(exit.mock.calls).toEqual(say.mock.calls.length === 0 ? [] : [[1]]);
  return say.mock.lastCall?.[0];
};

const LESSON = '02-topics/index.mdx';

it('stops a build before the content is read, with all there is to mend', async () => {
  const text = `${HEAD.replace('title: 글', 'title: 2')}${step('docker-compose upp')}`;
  const said = await complaintAbout({ [LESSON]: text });
  expect(said?.split('\n')).toEqual([
    `content/${LESSON}:2: title: 글이어야 합니다. 숫자나 true라면 따옴표로 감쌉니다`,
    expect.stringMatching(/^content\/02-topics\/index\.mdx:10: /),
    '고칠 곳 2개',
  ]);
});

it('builds a book whose recordings are still to be made', async () => {
  const files = { [LESSON]: HEAD + step('docker-compose ps'), '02-topics/recordings/a.cast': '' };
  expect(await complaintAbout(files)).toBeUndefined();
});

it('lets an author write while the pages are served', async () => {
  expect(await complaintAbout({ [LESSON]: '<Step' }, 'dev')).toBeUndefined();
});
