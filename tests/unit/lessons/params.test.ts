import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editionOf } from '../../../server/lessons/edition.ts';
import { fillIn, Params } from '../../../server/lessons/params.ts';
import { LessonError, readLessons } from '../../../server/lessons/read.ts';
import { splitCommands } from '../../../server/lessons/words.ts';
import { ClientMessage } from '../../../server/protocol.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'params-')), 'content');
  await mkdir(join(folder, '02-topics'), { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const PARTITIONS = "partitions: { label: '파티션 수', min: 1, max: 12, value: 6 }";
const WAY = "way: { label: '방식', of: ['key', 'custom'], value: 'key' }";
const CREATE = './create_topic.sh try-{partitions} {partitions} 3';

const readStep = async (fence: string, props: string) => {
  const text = `<Step id="try" title="해 보기" ${props}>\n\`\`\`bash\n${fence}\n\`\`\`\n</Step>\n`;
  await writeFile(join(folder, '02-topics/index.mdx'), text);
  const step = (await readLessons(pathToFileURL(`${folder}/`))).get('topics/try');
  if (step === undefined) throw new Error('no step');
  return step;
};

describe('a step whose values may be changed', () => {
  it('is run with its author’s where the reader has changed nothing', async () => {
    const { commands } = await readStep(CREATE, `params={{ ${PARTITIONS} }}`);
    expect(commands).toMatchObject([
      { text: './create_topic.sh try-6 6 3', action: { args: ['try-6', '6', '3'] } },
    ]);
  });

  it('has the reader’s in its commands and in what must become true', async () => {
    const check = `check={{ topic: 'try-{partitions}', partitions: '{partitions}', replicationFactor: 3 }}`;
    const step = await readStep(CREATE, `params={{ ${PARTITIONS} }} ${check}`);
    expect(step.props.check).toMatchObject([{ topic: 'try-6', partitions: 6 }]);
    expect(step.vary?.({ partitions: 9 })).toMatchObject({
      id: 'topics/try',
      commands: [{ text: './create_topic.sh try-9 9 3', action: { args: ['try-9', '9', '3'] } }],
      props: { check: [{ topic: 'try-9', partitions: 9, replicationFactor: 3 }] },
    });
  });

  it.each([
    [{ partitions: 0, way: 'key' }, '파티션 수: 1에서 12까지의 정수를 적어 주세요.'],
    [{ partitions: 13, way: 'key' }, '파티션 수: 1에서 12까지의 정수를 적어 주세요.'],
    [{ partitions: '6', way: 'key' }, '파티션 수: 1에서 12까지의 정수를 적어 주세요.'],
    [{ partitions: 6, way: 'key --acks 0' }, '방식: key, custom 중 하나를 고르세요.'],
    [{ partitions: 6 }, '방식: key, custom 중 하나를 고르세요.'],
    [{ partitions: 6, way: 'key', more: 1 }, '이 단계에 없는 값이 들어 있습니다.'],
  ])('refuses %j', async (values, message) => {
    const fence = 'node producer_example.ts --partitioner {way} --count {partitions}';
    const step = await readStep(fence, `params={{ ${PARTITIONS}, ${WAY} }}`);
    expect(() => step.vary?.(values)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('is another one to have done when what may be changed is another', async () => {
    const step = await readStep(CREATE, `params={{ ${PARTITIONS} }}`);
    const other = await readStep(CREATE, `params={{ ${PARTITIONS.replace('12', '9')} }}`);
    expect(editionOf(step)).not.toBe(editionOf(other));
  });

  it.each([
    ['a place without a name', 'docker logs --tail {lines} kafka1', `params={{ ${PARTITIONS} }}`],
    ['a place in a step without params', CREATE, ''],
    ['a name without a place', 'docker-compose ps', `params={{ ${PARTITIONS} }}`],
    ['a value that is not in its range', CREATE, `params={{ ${PARTITIONS.replace('6', '13')} }}`],
    [
      'an option for a value',
      'node producer_example.ts {way}',
      `params={{ ${WAY.replaceAll('key', '--count')} }}`,
    ],
    ['two words for a value', 'docker logs {way}', `params={{ ${WAY.replaceAll('key', 'a b')} }}`],
    [
      'a range that its program does not take',
      'node consumer_example.ts --threads {threads}',
      "params={{ threads: { label: '수', min: 1, max: 11, value: 2 } }}",
    ],
  ])('is refused at build with %s', async (_, fence, props) => {
    await expect(readStep(fence, props)).rejects.toThrow(LessonError);
  });
});

const word = fc.stringMatching(/^[\w.-]{1,8}$/);
const name = fc.stringMatching(/^[a-z]{1,8}$/);
const value = fc.oneof(fc.nat(), fc.stringMatching(/^\w[\w.-]{0,10}$/));

describe('a value in its place', () => {
  it('never makes more words, or fewer, and what is shown is what is run', () => {
    const piece = fc.oneof(
      word,
      word.map((text) => `"${text} x"`),
    );
    fc.assert(
      fc.property(
        name,
        value,
        fc.array(piece),
        fc.array(piece),
        word,
        (name, value, before, after, by) => {
          const text = ['docker', ...before, `${by}{${name}}`, `{${name}}`, ...after].join(' ');
          const [command] = splitCommands(text, [name]);
          const filled = command?.words.map((each) => fillIn(each, { [name]: value }));
          expect(filled).toHaveLength(before.length + after.length + 3);
          expect(splitCommands(fillIn(text, { [name]: value }))[0]?.words).toEqual(filled);
        },
      ),
    );
  });

  it('is not one where its author wrote anything but a word', () => {
    const way = (value: string) => ({ way: { label: 'x', of: [value, 'other'], value } });
    fc.assert(
      fc.property(fc.string(), (value) => {
        if (!Params.safeParse(way(value)).success) return;
        expect(splitCommands(value).flatMap(({ words }) => words)).toEqual([value]);
        expect(value.startsWith('-')).toBe(false);
      }),
    );
  });
});

it.each([
  [{ partitions: 1.5 }],
  [{ partitions: null }],
  [{ 'a b': 1 }],
  [{ way: 'x'.repeat(101) }],
  [[1]],
])('the wire has no room for %j', (values) => {
  const message = {
    type: 'run.start',
    run: crypto.randomUUID(),
    step: 'topics/try',
    cols: 80,
    rows: 24,
  };
  expect(ClientMessage.safeParse(message).success).toBe(true);
  expect(ClientMessage.safeParse({ ...message, values }).success).toBe(false);
});
