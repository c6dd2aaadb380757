import { expect, it, onTestFinished } from 'vitest';
import { followLessons } from '../../../server/lessons/follow.ts';
import { readLessons } from '../../../server/lessons/read.ts';
import { waitFor } from '../../wait.ts';
import { makeBook, step } from './book-folder.ts';

const TOPICS = '02-topics/index.mdx';

/** A chapter that begins with any cluster. */
const lesson = (...[fence, props]: Parameters<typeof step>): string =>
  `---\nneeds: []\n---\n${step(fence, props)}`;

const follow = async () => {
  const book = makeBook({ [TOPICS]: lesson('docker-compose ps') });
  const lessons = new Map(await readLessons(book.folder));
  const said: string[] = [];
  const watcher = followLessons(book.folder, lessons, (line) => said.push(line));
  onTestFinished(() => watcher.close());
  const command = (): string | undefined => lessons.get('topics/list')?.commands[0]?.text;
  return { ...book, lessons, said, command };
};

it('takes over the commands, the properties and the steps that an author saves', async () => {
  const { write, lessons, command } = await follow();
  write(TOPICS, lesson('docker logs kafka1', 'id="list" title="로그"'));
  await waitFor('the command', () => command() === 'docker logs kafka1');
  expect(lessons.get('topics/list')?.props.title).toBe('로그');
  write('03-failures/index.mdx', lesson('docker stop kafka3', 'id="stop" title="멈춤"'));
  await waitFor('the step of a new chapter', () => lessons.has('failures/stop'));
  write(TOPICS, '');
  await waitFor('the step to go', () => !lessons.has('topics/list'));
});

it('says what cannot be read, goes on with what was there, and says when it can be', async () => {
  const { write, said, command } = await follow();
  write(TOPICS, lesson('docker logs kafka4'));
  await waitFor('the complaint', () => said.length > 0);
  expect(said[0]).toMatch(/^content\/02-topics\/index\.mdx:6: "kafka4" 자리에는/);
  expect(command()).toBe('docker-compose ps');
  write(TOPICS, lesson('docker logs kafka3'));
  await waitFor('the command', () => command() === 'docker logs kafka3');
  expect(said.slice(1)).toEqual(['교재를 다시 읽었습니다.']);
});
