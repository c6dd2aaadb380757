import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LessonError, readLessons } from '../../../server/lessons/read.ts';
import { CONTENT } from '../../../server/settings.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lessons-')), 'content');
  await mkdir(join(folder, '02-topics'), { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const read = async (text: string) => {
  await writeFile(join(folder, '02-topics/index.mdx'), text);
  return readLessons(pathToFileURL(`${folder}/`));
};

const step = (fence: string, props = 'id="list" title="목록"'): string =>
  `---\ntitle: 토픽\n---\n\n문장 하나.\n\n<Step ${props}>\n\`\`\`bash\n${fence}\n\`\`\`\n</Step>\n`;

describe('reading the lessons', () => {
  it('finds every step with its commands, named by chapter and id', async () => {
    const lessons = await read(step('# 목록\ncd examples\ndocker-compose ps'));
    expect([...lessons.values()]).toEqual([
      {
        id: 'topics/list',
        props: { id: 'list', title: '목록' },
        commands: [
          { text: 'cd examples', action: { kind: 'cd' } },
          { text: 'docker-compose ps', action: { kind: 'ps' } },
        ],
      },
    ]);
  });

  it('finds what the author expects, and what is an example of typing', async () => {
    const props = `id="a" title="b" background ready="할당" input={"3\\n"} columns={180}`;
    const expecting = `id="c" title="d" expect={{ failure: 'NotEnoughReplicas' }}`;
    const lessons = await read(
      step('docker logs -f kafka1', props) +
        step('docker logs kafka1 | grep -E "ERROR|WARN"', expecting).replace(/---[\s\S]*?---/, ''),
    );
    expect(lessons.get('topics/a')?.props).toMatchObject({
      background: true,
      ready: '할당',
      input: '3\n',
      columns: 180,
    });
    expect(lessons.get('topics/c')).toMatchObject({
      props: { expect: { failure: 'NotEnoughReplicas' } },
      commands: [{ grep: { extended: true, pattern: 'ERROR|WARN' } }],
    });
  });

  it('names file and line of a command that it does not know, and what was expected', async () => {
    await expect(read(step('docker-compose ps\ndocker-compose upp'))).rejects.toThrow(
      /^content\/02-topics\/index\.mdx:10: "upp" 자리에는 .*: up -d/,
    );
  });

  it('tells Astro where the lesson is that it cannot draw', async () => {
    await expect(read(step('docker-compose ps\ndocker-compose upp'))).rejects.toMatchObject({
      loc: { file: 'content/02-topics/index.mdx', line: 10, column: 1 },
    });
  });

  it('names file and line of shell syntax', async () => {
    await expect(read(step('docker-compose ps; id'))).rejects.toThrow(
      /^content\/02-topics\/index\.mdx:9: ";"/,
    );
  });

  it.each([
    ['an unknown prop', step('docker-compose ps', 'id="a" title="b" chekc="c"')],
    ['a missing title', step('docker-compose ps', 'id="a"')],
    ['an id that is an index', step('docker-compose ps', 'id="1" title="b"')],
    ['a prop that would have to be evaluated', step('docker-compose ps', 'id={x} title="b"')],
    ['a prop that is spread', step('docker-compose ps', 'id="a" title="b" {...x}')],
    ['ready text without background', step('docker-compose ps', 'id="a" title="b" ready="x"')],
    ['a check', step('docker-compose ps', 'id="a" title="b" check={{ topic: "x" }}')],
    ['a fence without a command', step('# nothing')],
    ['no fence', '<Step id="a" title="b">\n\n말만 있음.\n\n</Step>'],
    [
      'two steps of one name',
      step('docker-compose ps') + step('docker-compose ps').replace(/---[\s\S]*?---/, ''),
    ],
  ])('refuses %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(LessonError);
  });

  it('understands every step of this book', async () => {
    const lessons = await readLessons(CONTENT);
    expect([...lessons.keys()]).toEqual(
      expect.arrayContaining(['environment/up', 'topics/create-orders', 'topics/describe-orders']),
    );
  });
});
