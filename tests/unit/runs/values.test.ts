/** Values from the page, on their way to a tool. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import { editionOf } from '../../../server/lessons/edition.ts';
import { type Lessons, readLessons } from '../../../server/lessons/read.ts';
import { createRuns } from '../../../server/runs/runs.ts';
import { createFakeLab } from '../../fake-lab.ts';
import { makeFolder } from '../lab/folder.ts';

const BOOK = `
<Step id="describe" title="보기" params={{ topic: { label: '토픽', of: ['orders', 'events'], value: 'orders' } }}>
\`\`\`bash
docker exec kafka1 kafka-topics --describe --topic {topic}
\`\`\`
</Step>

<Step id="list" title="목록">
\`\`\`bash
docker exec kafka1 kafka-topics --list
\`\`\`
</Step>
`;

const readBook = (): Promise<Lessons> => {
  const content = join(makeFolder(), 'content');
  mkdirSync(join(content, '02-topics'), { recursive: true });
  writeFileSync(join(content, '02-topics/index.mdx'), BOOK);
  return readLessons(pathToFileURL(`${content}/`));
};

const start = async (step: string, values?: Record<string, string | number>) => {
  const lessons = await readBook();
  const { lab, execs } = createFakeLab({ running: true });
  const runs = createRuns(lessons, lab, createWatcher(lab), makeFolder());
  const size = { cols: 80, rows: 24 };
  const begin = () => runs.start({ id: crypto.randomUUID(), step, values, size });
  return { lesson: lessons.get(step), begin, execs };
};

it('the reader’s values are those of the tool, and the step is the same one to have done', async () => {
  const { lesson, begin, execs } = await start('topics/describe', { topic: 'events' });
  const { status, output } = await begin();
  expect(execs[0]?.args).toEqual(['--describe', '--topic', 'events']);
  expect(Buffer.from(output.read(0)?.bytes ?? []).toString()).toContain('--topic events');
  expect(status.edition).toBe(lesson && editionOf(lesson));
});

it('without any, its author’s are', async () => {
  const { begin, execs } = await start('topics/describe');
  await begin();
  expect(execs[0]?.args).toEqual(['--describe', '--topic', 'orders']);
});

it.each([
  ['topics/describe', { topic: 'events --delete' }, '토픽: orders, events 중 하나를 고르세요.'],
  ['topics/describe', {}, '토픽: orders, events 중 하나를 고르세요.'],
  ['topics/list', { topic: 'orders' }, '이 단계에는 바꿀 수 있는 값이 없습니다.'],
])('%s with %j is refused, and runs nothing', async (step, values, message) => {
  const { begin, execs } = await start(step, values);
  await expect(begin()).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(message),
  });
  expect(execs).toEqual([]);
});
