import { USAGE } from '../../examples/arguments.ts';
import { CONTAINERS, type Container, TOOLS, type Tool, type Verb } from '../lab/lab.ts';
import type { Action, Example } from './action.ts';
import { CommandError } from './words.ts';

/**
 * One command of the guide, already split into words, as the action it asks for.
 *
 * @throws CommandError that says what was expected instead.
 */
export const parseCommand = (words: readonly string[]): Action => {
  const [name, ...rest] = words;
  switch (name) {
    case 'cd':
      return parseCd(rest);
    case 'docker-compose':
      return parseCompose(rest);
    case 'docker':
      return rest[0] === 'compose' ? parseCompose(rest.slice(1)) : parseDocker(rest);
    case './create_topic.sh':
      return parseExample('create_topic', rest);
    case './test_broker_failure.sh':
      return parseExample('test_broker_failure', rest);
    case 'node':
      return parseNode(rest);
    default:
      throw unknown(name, [
        'cd examples',
        'docker-compose',
        'docker',
        './create_topic.sh',
        './test_broker_failure.sh',
        'node',
      ]);
  }
};

const parseCd = (words: readonly string[]): Action => {
  if (words.length !== 1 || words[0] !== 'examples') throw unknown(words[0], ['cd examples']);
  return { kind: 'cd' };
};

const parseCompose = (words: readonly string[]): Action => {
  switch (words.join(' ')) {
    case 'up -d':
      return { kind: 'up' };
    case 'ps':
      return { kind: 'ps' };
    case 'down':
      return { kind: 'down', volumes: false };
    case 'down -v':
    case 'down --volumes':
      return { kind: 'down', volumes: true };
    default:
      throw unknown(words.join(' '), ['up -d', 'ps', 'down', 'down -v']);
  }
};

const VERBS: readonly Verb[] = ['start', 'stop', 'restart', 'kill', 'pause', 'unpause'];

const parseDocker = (words: readonly string[]): Action => {
  const [name, ...rest] = words;
  // Elsewhere it deletes strangers' volumes; here it removes this lab's.
  if (words.join(' ') === 'volume prune') return { kind: 'prune' };
  if (name === 'logs') return parseLogs(rest);
  if (name === 'exec') return parseExec(rest);
  const verb = VERBS.find((candidate) => candidate === name);
  if (verb === undefined)
    throw unknown(name, ['compose', ...VERBS, 'logs', 'exec', 'volume prune']);
  if (rest.length === 0)
    throw new CommandError(`docker ${verb} 뒤에 컨테이너 이름이 있어야 합니다: ${names()}`);
  return { kind: 'control', verb, containers: rest.map(parseContainer) };
};

const parseLogs = (words: readonly string[]): Action => {
  let tail: number | undefined;
  let follow = false;
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-f' || word === '--follow') follow = true;
    else if (word === '--tail' || word === '-n') {
      at += 1;
      tail = parseCount(words[at]);
    } else if (word.startsWith('--tail=')) tail = parseCount(word.slice('--tail='.length));
    else if (word.startsWith('-')) throw unknown(word, ['--tail N', '-f']);
    else operands.push(word);
  }
  const [container, extra] = operands;
  if (container === undefined || extra !== undefined) {
    throw new CommandError(`docker logs 뒤에는 컨테이너 이름이 하나 있어야 합니다: ${names()}`);
  }
  return { kind: 'logs', container: parseContainer(container), tail, follow };
};

const parseExec = (words: readonly string[]): Action => {
  let at = 0;
  let interactive = false;
  let tty = false;
  for (; words[at]?.startsWith('-'); at += 1) {
    const word = words[at] ?? '';
    const known = ['-i', '-t', '-it', '-ti', '--interactive', '--tty'];
    if (!known.includes(word)) throw unknown(word, known);
    interactive ||= word === '--interactive' || (!word.startsWith('--') && word.includes('i'));
    tty ||= word === '--tty' || (!word.startsWith('--') && word.includes('t'));
  }
  const [container, tool, ...args] = words.slice(at);
  if (container === undefined || tool === undefined) {
    throw new CommandError(
      `docker exec 뒤에는 컨테이너 이름과 Kafka 도구가 있어야 합니다: ${TOOLS.join(', ')}`,
    );
  }
  return {
    kind: 'exec',
    container: parseContainer(container),
    tool: parseTool(tool),
    args,
    interactive,
    tty,
  };
};

/** The program checks its own arguments, here as in the learner's terminal. */
const parseExample = (program: Example, args: readonly string[]): Action => {
  const problem = USAGE[program](args);
  if (problem !== undefined) throw new CommandError(problem);
  return { kind: 'example', program, args };
};

const NODE_PROGRAMS: readonly Example[] = ['producer_example', 'consumer_example'];

const parseNode = ([file, ...args]: readonly string[]): Action => {
  const program = NODE_PROGRAMS.find((name) => `${name}.ts` === file);
  if (program === undefined)
    throw unknown(
      file,
      NODE_PROGRAMS.map((name) => `${name}.ts`),
    );
  return parseExample(program, args);
};

const parseContainer = (word: string): Container => {
  const container = CONTAINERS.find((candidate) => candidate === word);
  if (container === undefined) throw unknown(word, CONTAINERS);
  return container;
};

const parseTool = (word: string): Tool => {
  const tool = TOOLS.find((candidate) => candidate === word || `${candidate}.sh` === word);
  if (tool === undefined) throw unknown(word, TOOLS);
  return tool;
};

const parseCount = (word: string | undefined): number => {
  if (word === undefined || !/^\d{1,9}$/.test(word)) {
    throw new CommandError('--tail 뒤에는 줄 수가 있어야 합니다');
  }
  return Number(word);
};

const names = (): string => CONTAINERS.join(', ');

const unknown = (word: string | undefined, expected: readonly string[]): CommandError =>
  new CommandError(
    `${word === undefined || word === '' ? '빠진 말' : `"${word}"`} 자리에는 다음 중 하나가 와야 합니다: ${expected.join(', ')}`,
  );
