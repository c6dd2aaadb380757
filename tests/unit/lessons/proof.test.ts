import { describe, expect, it } from 'vitest';
import { proofread } from '../../../server/lessons/proof.ts';
import { CONTENT } from '../../../server/settings.ts';
import { HEAD, makeBook, step } from './book-folder.ts';

const TOPICS = '02-topics/index.mdx';
const LIST = step('docker-compose ps');

/** What is to be mended in a book of this one lesson, and of others as they are. */
const problemsOf = (text: string, others: Readonly<Record<string, string>> = {}) =>
  problemsIn({ ...others, [TOPICS]: `${HEAD}${text}` });

const problemsIn = async (files: Readonly<Record<string, string>>) =>
  (await proofread(makeBook(files).folder)).problems;

const button = (link: string): string =>
  `---\ntitle: 시작\nhero:\n  actions:\n    - link: ${link}\n      text: 글\n---\n`;

/** Of its line behind the head, the rest. */
const at = (line: number, text: string): string =>
  `content/${TOPICS}:${line + HEAD.split('\n').length - 1}: ${text}`;

describe('proofreading', () => {
  it('finds nothing to mend in this book', async () => {
    const { problems, pages, steps } = await proofread(CONTENT);
    expect(problems).toEqual([]);
    expect(pages).toBeGreaterThan(8);
    expect(steps).toBeGreaterThan(40);
  });

  it('finds all that is wrong, in its order: each command, each property, each file', async () => {
    const text = `${step('docker-compose upp\ndocker stop kafka9', 'id="1" color="red"')}\n[글](/nowhere/)\n`;
    const problems = await problemsOf(text, { '01-environment/index.mdx': '<Step' });
    expect(problems.map((problem) => problem.replace(/(\d): .*/, '$1'))).toEqual([
      'content/01-environment/index.mdx:1',
      ...[1, 1, 1, 3, 4, 4, 8].map((line) => at(line, '').slice(0, -2)),
    ]);
  });

  it.each([
    [
      'a tag that is not closed',
      `글\n\n${LIST.replace('</Step>', '')}\n## 제목\n`,
      'content/index.mdx:3: 여기에서 연 <Step> 태그가 닫히지 않았습니다. 내용 뒤에 </Step> 태그를 적고, 내용이 없는 태그라면 <Step /> 꼴로 적습니다',
    ],
    [
      'a tag that is closed by another',
      '글\n\n<Step>\n\n</Stp>\n',
      'content/index.mdx:3: 여기에서 연 <Step> 태그가 닫히지 않았습니다. 내용 뒤에 </Step> 태그를 적고, 내용이 없는 태그라면 <Step /> 꼴로 적습니다',
    ],
    [
      'a tag that was not opened',
      '글\n\n</Step>\n',
      'content/index.mdx:3: 닫는 태그의 짝이 되는 여는 태그가 앞에 없습니다',
    ],
    [
      'an open brace',
      '글\n\n글 {\n',
      'content/index.mdx:3: MDX로 읽을 수 없습니다. 이 줄과 그 앞에서 태그, 중괄호, 따옴표가 짝이 맞는지 보아 주세요',
    ],
  ])('says in Korean where there is %s', async (_, text, message) => {
    expect(await problemsOf(LIST, { 'index.mdx': text })).toEqual([message]);
  });

  it('lets links lead to what cannot be parsed: what is in there, nobody knows', async () => {
    const text = `${LIST}\n[1](/environment/) [2](/environment/#제목)\n`;
    expect(await problemsOf(text, { '01-environment/index.mdx': '<Step' })).toEqual([
      expect.stringMatching(/^content\/01-environment\/index\.mdx:1: MDX로/),
    ]);
  });

  it.each([
    ['a page', '[글](/topic/)', '/topic/: 이런 페이지는 없습니다. 있는 페이지: /topics/'],
    ['a slash', '[글](/topics)', '/topics: 주소는 /topics/처럼 /로 끝나야 합니다'],
    [
      'a file',
      '[글](index.mdx)',
      'index.mdx: 책 안의 링크는 ‘/topics/#제목’이나 ‘#제목’처럼 적습니다',
    ],
    [
      'an anchor',
      '[글](#lits)',
      '#lits: /topics/에 이런 제목이나 단계가 없습니다. 가장 비슷한 것: #list',
    ],
    [
      'a heading of another page',
      '<a href="/topics/#22">글</a>',
      '/topics/#22: /topics/에 이런 제목이나 단계가 없습니다. 가장 비슷한 것: #list',
    ],
  ])('finds a link that lacks %s', async (_, link, message) => {
    expect(await problemsOf(`${LIST}\n글과 ${link}.\n`)).toEqual([at(7, message)]);
  });

  it('lets links lead to pages, headings, steps, other sites, and pages that are no lessons', async () => {
    const links = [
      '[1](/)',
      '[2](/topics/#list)',
      '[3](#22-토픽-생성-kafka1)',
      '[4](#22-토픽-생성-kafka1-1)',
      '[5](https://kafka.apache.org/)',
      '[6](/environment/)',
      '[7](/all/)',
    ];
    const text = `${LIST}\n## 2.2 토픽 생성 \`kafka1\`\n\n## 2.2 토픽 생성 \`kafka1\`\n\n${links.join(' ')}\n`;
    const others = {
      'index.mdx': button('/topics/'),
      '01-environment/index.mdx': HEAD,
      '../src/pages/all.astro': '',
    };
    expect(await problemsOf(text, others)).toEqual([]);
  });

  it('finds a button of the start page that leads nowhere', async () => {
    expect(await problemsOf(LIST, { 'index.mdx': button('/topic/') })).toEqual([
      expect.stringMatching(/^content\/index\.mdx:5: \/topic\/: /),
    ]);
  });

  it.each([
    ['kafka4', 'kafka4: 이런 브로커는 없습니다. 있는 브로커: kafka1, kafka2, kafka3'],
    ['Kafka1', 'Kafka1: 브로커의 이름은 kafka1입니다'],
    ['kakfa1', 'kakfa1: kafka1을 잘못 적은 것으로 보입니다'],
    ['kafa2', 'kafa2: kafka2를 잘못 적은 것으로 보입니다'],
    ['kafak9', 'kafak9: kafka9를 잘못 적은 것으로 보입니다'],
    ['zookeper', 'zookeper: zookeeper를 잘못 적은 것으로 보입니다'],
  ])('finds %s, in prose and in commands', async (name, message) => {
    const command = `docker exec -it kafka1 kafka-topics --bootstrap-server ${name}:29092 --list`;
    const text = `${step(command)}\n${name}이 멈춥니다.\n`;
    expect(await problemsOf(text)).toEqual([at(3, message), at(7, message)]);
  });

  it('leaves names alone that only look alike', async () => {
    const text = `${LIST}\nKafka UI, \`kafka-topics\`, ZooKeeper, \`zookeeper\`, Java 17, kafka.server.KafkaServer, KafkaJS\n`;
    expect(await problemsOf(text)).toEqual([]);
  });

  it.each([
    ['an image', '![](a.png)'],
    ['a tag', '글 <img src="a.png" />'],
    ['a drawing', '<svg viewBox="0 0 1 1" />'],
  ])('finds %s without a text', async (_, picture) => {
    expect(await problemsOf(`${LIST}\n${picture}\n`, { '02-topics/a.png': '' })).toEqual([
      at(7, '그림에 대신 읽을 글이 없습니다. 예: ![세 브로커의 파티션](…)'),
    ]);
  });

  it('finds a diagram without a text, where it is imported and in the front matter', async () => {
    const text = `---\ntitle: 글\ndescription: |\n  <svg>\n---\n\nimport Diagram from '../../src/Diagram.astro';\n\n<Diagram />\n`;
    const svg = (attributes: string, inside = ''): Readonly<Record<string, string>> => ({
      '../src/Diagram.astro': `<svg ${attributes}>${inside}</svg>`,
    });
    const problemsWith = (lesson: string, diagram: Readonly<Record<string, string>>) =>
      problemsIn({ [TOPICS]: lesson, ...diagram });
    expect(await problemsWith(text, svg('role="img"'))).toEqual([
      expect.stringMatching(/^content\/02-topics\/index\.mdx:4: 그림에/),
      expect.stringMatching(/^content\/02-topics\/index\.mdx:7: ‘Diagram’의 그림에/),
    ]);
    const spoken = text.replace('<svg>', '<svg aria-hidden="true">');
    const named = svg('role="img" aria-labelledby="a"', '<title id="a">그림</title>');
    expect(await problemsWith(spoken, named)).toEqual([]);
    expect(await problemsWith(spoken, svg('role="img" aria-labelledby="a"'))).toHaveLength(1);
  });

  it.each([
    [
      'a name that is misspelled',
      '---\ntitel: 글\nneeds: []\n---\n',
      [
        '1: title: 꼭 적어야 합니다',
        '2: titel: 머리말에 이런 이름은 없습니다. 가장 비슷한 것: title',
      ],
    ],
    [
      'a chapter that does not say what it needs',
      '---\ntitle: 글\nneedz:\n  - up: [kafka1]\n---\n',
      [
        '1: needs: 목록이어야 합니다. 아무것도 필요하지 않으면 []라고 적습니다',
        '3: needz: 머리말에 이런 이름은 없습니다. 가장 비슷한 것: needs',
      ],
    ],
    [
      'values of other kinds',
      '---\ntitle: 2\nneeds: []\ntemplate: dok\npagefind: "no"\nhero:\n  actions:\n    - text: 글\n---\n',
      [
        '2: title: 글이어야 합니다. 숫자나 true라면 따옴표로 감쌉니다',
        '4: template: 다음 가운데 하나여야 합니다: doc, splash',
        '5: pagefind: true나 false여야 합니다',
        '8: hero actions 1번째 link: 꼭 적어야 합니다',
      ],
    ],
    [
      'needs of no such shape',
      '---\ntitle: 글\nneeds:\n  - up: [kafka1]\n  - up: kafka1\n---\n',
      ['5: needs 2번째: { up: [\'kafka1\'] } 꼴이어야 합니다. 맞지 않는 값: up "kafka1"'],
    ],
    [
      'needs that no step makes',
      '---\ntitle: 글\nneeds:\n  - { topic: new, partitions: 1, replicationFactor: 1 }\n---\n',
      [
        '3: topics/start: needs에 적은 것을 만드는 단계가 없습니다: {"topic":"new","partitions":1,"replicationFactor":1}',
      ],
    ],
    [
      'what is no YAML',
      '---\ntitle: 글\nneeds: [}\n---\n',
      [
        '3: 머리말(--- 사이)을 읽을 수 없습니다. 이 줄과 그 앞에서 들여쓰기, 콜론, 따옴표, 괄호를 보아 주세요',
      ],
    ],
  ])('finds in the front matter %s', async (_, matter, messages) => {
    const text = HEAD.replace(/^---[\s\S]*?---\n/, matter) + LIST;
    const problems = await problemsIn({ [TOPICS]: text });
    expect(problems.map((each) => each.slice(`content/${TOPICS}:`.length))).toEqual(messages);
  });

  it.each([
    [
      "{ isr: { topc: 'x', size: 3 } }",
      "{ isr: { topic: 'orders', size: 3 } } 꼴이어야 합니다. 여기에 없는 이름: isr.topc. 빠진 이름: isr.topic",
    ],
    [
      "{ leader: { topic: 'x', partition: 0 } }",
      "{ leader: { topic: 'orders', partition: 0, not: 'kafka1' } } 꼴이어야 합니다. 빠진 이름: leader.not",
    ],
    [
      "[{ up: ['kafka1'] }, { idle: 'g', members: 0 }]",
      "2번째: { idle: 'order_processing_group' } 꼴이어야 합니다. 여기에 없는 이름: members",
    ],
    [
      "{ group: 'g', members: 1.5, state: 'stable' }",
      "{ group: 'order_processing_group', members: 3, state: 'Stable' } 꼴이어야 합니다. 맞지 않는 값: members 1.5, state \"stable\"",
    ],
    ['{ isr: { topic: 1 } }', /빠진 이름: isr\.size\. 맞지 않는 값: isr\.topic 1$/],
    ["{ who: 'kafka1' }", /^다음 꼴 가운데 하나이거나/],
    ['[]', /^다음 꼴 가운데 하나이거나/],
  ])('says which name of a check is wrong: %s', async (check, message) => {
    const [problem, ...more] = await problemsOf(
      step('docker-compose ps', `id="list" title="목록" check={${check}}`),
    );
    const place = at(1, '<Step> check: ');
    expect(problem?.slice(0, place.length)).toBe(place);
    expect(problem?.slice(place.length)).toMatch(message);
    expect(more).toEqual([]);
  });

  describe('of topics', () => {
    const MAKE = step('./create_topic.sh orders 3 3', 'id="make" title="만들기"');
    const asks = (props: string, fence = 'docker-compose ps'): string =>
      step(fence, `id="ask" title="묻기" ${props}`);
    const lacks = (line: number, topic: string): string =>
      at(
        line,
        `topics/ask: ${topic} 토픽은 이때 없습니다. 이름을 잘못 적지 않았는지 보고, 앞 장에서 만드는 토픽이라면 머리말의 needs에 적습니다`,
      );

    it.each([
      ["predict={{ leader: { topic: 'ordres', preferred: 'kafka1' } }}"],
      ["predict={{ isr: { topic: 'ordres', partition: 0 } }}"],
      ["predict={{ leaderless: { topic: 'ordres', partitions: 3 } }}"],
      ["predict={{ spread: { topic: 'ordres', partitions: 3 } }}"],
      ["check={{ topic: 'ordres', partitions: 3, replicationFactor: 3 }}"],
      ["check={[{ up: ['kafka1'] }, { isr: { topic: 'ordres', size: 3 } }]}"],
      ["check={{ leader: { topic: 'ordres', not: 'kafka1' } }}"],
      ["check={{ preferred: 'ordres' }}"],
    ])('finds one that nothing has made: %s', async (props) => {
      expect(await problemsOf(`${MAKE}${asks(props)}`)).toEqual([lacks(6, 'ordres')]);
      expect(await problemsOf(`${MAKE}${asks(props.replace('ordres', 'orders'))}`)).toEqual([]);
    });

    const CHECK = "check={{ isr: { topic: 'orders', size: 3 } }}";

    it('finds one that only a later step makes, or another chapter', async () => {
      const other = { '01-environment/index.mdx': `${HEAD}${MAKE}` };
      expect(await problemsOf(`${asks(CHECK)}${MAKE}`, other)).toEqual([lacks(1, 'orders')]);
    });

    it('takes one that the chapter needs, the step needs, or the step itself makes', async () => {
      const need = "{ topic: 'orders', partitions: 3, replicationFactor: 3 }";
      const other = { '01-environment/index.mdx': `${HEAD}${MAKE}` };
      const head = HEAD.replace('needs: []', `needs:\n  - ${need}`);
      expect(await problemsIn({ ...other, [TOPICS]: `${head}${asks(CHECK)}` })).toEqual([]);
      expect(await problemsOf(asks(`${CHECK} needs={[${need}]}`), other)).toEqual([]);
      expect(await problemsOf(asks(CHECK, './create_topic.sh orders 3 3'))).toEqual([]);
      const exec = 'docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092';
      expect(await problemsOf(asks(CHECK, `${exec} --create --topic orders`))).toEqual([]);
    });

    it('finds one that is to be deleted and is not there, or was deleted', async () => {
      const remove = 'docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092 --delete';
      expect(await problemsOf(`${MAKE}${asks('', `${remove} --topic ordres`)}`)).toEqual([
        lacks(6, 'ordres'),
      ]);
      const gone = step(`${remove} --topic orders`, 'id="gone" title="지우기"');
      expect(await problemsOf(`${MAKE}${gone}${asks(CHECK)}`)).toEqual([lacks(11, 'orders')]);
      const down = step('docker-compose down -v', 'id="down" title="모두 지우기"');
      expect(await problemsOf(`${MAKE}${down}${asks(CHECK)}`)).toEqual([lacks(11, 'orders')]);
    });

    it('says nothing of a chapter with a step that cannot be read', async () => {
      const broken = MAKE.replace('orders 3', 'orders');
      expect(await problemsOf(`${broken}${asks(CHECK)}`)).toHaveLength(1);
    });
  });

  it('takes a date in the front matter, as the build does', async () => {
    const text = HEAD.replace('needs', 'lastUpdated: 2026-01-31\nneeds') + LIST;
    expect(await problemsIn({ [TOPICS]: text })).toEqual([]);
  });

  it('finds a component that is not imported, where it is first used', async () => {
    const text = `---\ntitle: 글\nneeds: []\n---\n\n${LIST}${LIST.replace('list', 'more')}<Stepp />\n`;
    expect(await problemsIn({ [TOPICS]: text })).toEqual([
      `content/${TOPICS}:6: <Step>: import 줄이 없습니다. 머리말 아래에 적습니다: import Step from '../../src/components/Step.astro';`,
      `content/${TOPICS}:16: <Stepp>: 이런 이름의 컴포넌트를 가져온 import 줄이 없습니다`,
    ]);
  });

  it('takes a component that the page makes itself', async () => {
    const text = `export const One = () => 1;\n\nexport function Two() {}\n\n<One /> <Two /> <b />\n`;
    expect(await problemsOf(text)).toEqual([]);
  });

  it.each([
    ['shown on a condition', `{1 > 0 && (\n  <Step id="two">글</Step>\n)}`, 8, 'Step'],
    ['in a line', '글 {<Step id="two" />} 글', 7, 'Step'],
    ['without a name', '{\n  <>글 <Step /></>\n}', 8, ''],
    ['a value', '<Quiz why={<img src="a.png" />} />', 7, 'img'],
    ['spread', '<div {...{ a: <Step /> }} />', 7, 'Step'],
    ['made by the page', 'export const two = <Step />;', 7, 'Step'],
  ])('finds a tag in braces, %s', async (_, text, line, name) => {
    expect(await problemsOf(`${LIST}\n${text}\n`)).toContain(
      at(
        line,
        `<${name}>: 중괄호({ })나 export 줄 안에는 태그를 쓸 수 없습니다. 조건 없이 본문에 그대로 적습니다`,
      ),
    );
  });

  it('lets braces hold what is no tag', async () => {
    expect(await problemsOf(`${LIST}\n{/* <Step /> */}\n\n{'<Step />'} {1 + 1}\n`)).toEqual([]);
  });

  it('finds an import of a file that there is not', async () => {
    const text = `import A from '../no.astro';\nimport b from './index.mdx?raw';\n\n<A />\n`;
    expect(await problemsOf(text)).toEqual([at(1, '가져올 파일이 없습니다: ../no.astro')]);
  });

  it.each([
    ["{ text: '나', why: '다', rigth: 1 }", 5, ' 2번째: text, why, right만 쓸 수 있습니다: rigth'],
    ["{ text: '나', right: true }", 5, ' 2번째 why: 글이어야 합니다'],
    ["'나'", 5, " 2번째: { text: '답', why: '까닭' } 꼴이어야 합니다"],
    [
      "{ text: '나', why: '다', right: true }",
      3,
      ': 맞는 답이 꼭 하나여야 합니다. 그 답에 right: true라고 적습니다',
    ],
  ])('finds a question with the answer %s beside a right one', async (answer, line, message) => {
    const text = `<Quiz id="one"\n  question="물음"\n  options={[\n    { text: '가', why: '라', right: true },\n    ${answer},\n  ]}\n/>\n`;
    expect(await problemsOf(text)).toEqual([at(line, `<Quiz> options${message}`)]);
  });

  it('finds a question that would have to be evaluated, and one of a name that is no id', async () => {
    const options = "{[{ text: '가', why: '라', right: true }, { text: '나', why: '다' }]}";
    const text = `<Quiz id="one" question={words} options=${options} />\n\n<Quiz id="2" question="물음" options=${options} />\n`;
    expect(await problemsOf(text)).toEqual([
      expect.stringMatching(/index\.mdx:8: <Quiz>의 question에는 값을 그대로 적습니다/),
      at(3, '<Quiz> id: 영어 소문자로 시작하고 소문자, 숫자, "-"로 이루어져야 합니다'),
    ]);
  });

  it('finds a picture without a file', async () => {
    expect(await problemsOf(`${LIST}\n![그림](/no.png)\n`)).toEqual([
      at(7, '그림 파일이 없습니다: /no.png'),
    ]);
  });

  it('finds emphasis that a reader would see the stars of', async () => {
    expect(await problemsOf(`${LIST}\n**처음으로…**를 누릅니다\n`)).toEqual([
      at(
        7,
        '강조(**)가 닫히지 않아 별표가 그대로 보입니다. 예: **처음으로…**를 → **처음으로…** 버튼을',
      ),
    ]);
    expect(await problemsOf(`${LIST}\n**처음으로…** 버튼을 누릅니다\n`)).toEqual([]);
  });

  it('finds two steps of one name, and a step that is named like a heading', async () => {
    const others = { '02-topics/more.mdx': `${HEAD}${LIST}` };
    expect(await problemsOf(`${LIST}\n${LIST}\n# List\n`, others)).toEqual([
      at(7, 'topics/list: 같은 이름의 단계가 둘입니다'),
      at(13, '#list: 같은 이름이 8번째 줄에도 있습니다'),
      at(1, 'topics/list: 같은 이름의 단계가 둘입니다').replace('index', 'more'),
    ]);
  });

  it('finds steps without a recording, and with one of other commands', async () => {
    const header = {
      version: 3,
      term: { cols: 100, rows: 24 },
      timestamp: 1,
      title: '목록',
      command: 'docker-compose ps',
      step: 'topics/list',
      edition: 'another',
      made: { kafka: '3.9.1', docker: '27' },
    };
    const text = `${LIST}${step('docker-compose ps', 'id="other" title="다른 목록"')}`;
    const cast = '02-topics/recordings/list.cast';
    expect(await problemsOf(text, { [cast]: `${JSON.stringify(header)}\n` })).toEqual([
      at(1, '‘list’의 녹화는 지금과 다른 명령의 것입니다. npm run record로 다시 녹화합니다'),
      at(6, '‘other’의 녹화가 없습니다. npm run record로 녹화합니다'),
    ]);
  });
});
