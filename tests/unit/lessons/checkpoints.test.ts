import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCheckpoints } from '../../../server/lessons/checkpoints.ts';
import { readLessons } from '../../../server/lessons/read.ts';
import { CONTENT } from '../../../server/settings.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lessons-')), 'content');
  await mkdir(join(folder, '02-topics'), { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const read = async (front: string, props = 'id="make" title="만들기"') => {
  const step = `<Step ${props}>\n\`\`\`bash\n./create_topic.sh orders 3 3\n./create_topic.sh logs 1 3\n\`\`\`\n</Step>\n`;
  await writeFile(
    join(folder, '02-topics/index.mdx'),
    `---\ntitle: 토픽\n${front}\n---\n\n${step}`,
  );
  const path = pathToFileURL(`${folder}/`);
  return readCheckpoints(path, await readLessons(path));
};

it('finds where each chapter begins, and which topics are made from there on', async () => {
  const checkpoints = await read(
    'needs:\n  - up: [kafka1]\n  - { topic: orders, partitions: 3, replicationFactor: 3 }',
  );
  expect([...checkpoints.keys()]).toEqual(['topics/start']);
  expect(checkpoints.get('topics/start')).toMatchObject({
    commands: [],
    props: {
      title: '2장 시작 준비',
      check: [
        { up: ['kafka1'] },
        { topic: 'orders', partitions: 3, replicationFactor: 3 },
        { isr: { topic: 'orders', size: 3 } },
      ],
    },
    checkpoint: { makes: [{ topic: 'logs', partitions: 1, replicationFactor: 3 }] },
  });
});

it('finds where a step begins', async () => {
  const props = `id="make" title="만들기" needs={[{ down: ['kafka2'] }]}`;
  const checkpoints = await read('needs: []', props);
  expect([...checkpoints.keys()]).toEqual(['topics/before-make']);
});

it.each([
  [
    'of a chapter that does not say',
    'description: 없음',
    /^content\/02-topics\/index\.mdx:1: needs: 목록이어야/,
  ],
  ['of no such shape', 'needs:\n  - isr: { topic: orders, size: 3 }', /다음 꼴 가운데 하나/],
  ['of a broker that there is not', 'needs:\n  - up: [kafka4]', /맞지 않는 값: up "kafka4"$/],
  [
    'of a topic that no step makes',
    'needs:\n  - { topic: orders, partitions: 4, replicationFactor: 3 }',
    /^content\/02-topics\/index\.mdx:3: topics\/start: .*만드는 단계가 없습니다/,
  ],
  [
    'of a group that no step prepares',
    'needs:\n  - { group: order_processing_group, members: 0, state: Empty }',
    /^content\/02-topics\/index\.mdx:3: topics\/start: .*만드는 단계가 없습니다/,
  ],
])('refuses needs %s', async (_, front, message) => {
  await expect(read(front)).rejects.toThrow(message);
});

it('keeps the name of a checkpoint for it', async () => {
  await expect(read('needs:\n  - up: [kafka1]', 'id="start" title="시작"')).rejects.toThrow(
    'topics/start',
  );
});

it('every chapter of the book can be begun with, the first with nothing', async () => {
  const lessons = await readLessons(CONTENT);
  const checkpoints = await readCheckpoints(CONTENT, lessons);
  const chapters = new Set([...lessons.keys()].map((id) => id.split('/')[0]));
  const begun = [...checkpoints.keys()].filter((id) => id.endsWith('/start'));
  expect(begun).toEqual([...chapters].slice(1).map((chapter) => `${chapter}/start`));
});
