/** `npm run -s lab -- …`: the guide's commands in the learner's own terminal, with or without a sidecar. */

import { doctor } from './doctor.ts';
import { LabError } from './errors.ts';
import { chooseLab } from './lab/choose.ts';
import type { Lab, Stdio } from './lab/lab.ts';
import { type Action, usesPty } from './lessons/action.ts';
import { parseCommand } from './lessons/command.ts';
import { CommandError } from './lessons/words.ts';
import { reset } from './reset.ts';
import { perform } from './runs/perform.ts';
import { sequence } from './runs/sequence.ts';
import { CONTENT } from './settings.ts';

const USAGE = `사용법: npm run -s lab -- <명령>

  docker-compose up -d | ps | down [-v]
  docker start|stop|restart|kill|pause|unpause 이름…
  docker logs [--tail N] [-f] 이름
  docker exec [-it] 이름 Kafka도구 인자…
  ./create_topic.sh 토픽 파티션수 복제팩터

  step 장/단계      교재의 한 단계를 그대로 실행합니다 (예: step topics/describe-orders)
  doctor            이 컴퓨터에 무엇이 있고 무엇이 없는지 살펴봅니다
  reset             실습실을 처음 상태로 되돌립니다`;

/** Nothing ran: wrong use, or a lab that cannot be reached. What ran gives its own code. */
const WRONG_USE = 2;
const UNAVAILABLE = 3;

const run = async (words: readonly string[]): Promise<number> => {
  const [name, argument, ...extra] = words;
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(USAGE);
    return name === undefined ? WRONG_USE : 0;
  }
  if (name === 'doctor' && argument === undefined) return doctor(console.log);
  if (name === 'reset' && argument === undefined) return reset(console.log);
  const { lab } = await chooseLab('cli');
  if (name === 'step') {
    if (argument === undefined || extra.length > 0) {
      throw new LabError('usage', 'step에는 단계 하나를 적어 주세요. 예: step topics/list');
    }
    return connect(await readStep(argument), lab);
  }
  return connect([parseCommand(words)], lab);
};

const readStep = async (id: string): Promise<readonly Action[]> => {
  // Only this command reads the book: a parser for MDX would delay all the others.
  const { readLessons } = await import('./lessons/read.ts');
  const lessons = await readLessons(CONTENT);
  const step = lessons.get(id);
  if (step === undefined) {
    throw new LabError(
      'usage',
      `${id} 단계가 없습니다. 있는 단계: ${[...lessons.keys()].join(', ')}`,
    );
  }
  return step.commands.map(({ action }) => action);
};

/** Runs actions joined to this terminal, or to the pipes in its place, until they exit. */
const connect = async (actions: readonly Action[], lab: Lab): Promise<number> => {
  const { stdin, stdout, stderr } = process;
  const terminal = stdin.isTTY && stdout.isTTY;
  // Raw: the PTY on the other side echoes, edits lines and turns Ctrl+C into a signal.
  const raw = terminal && actions.some(usesPty);
  const stdio: Stdio = {
    stdout: (bytes) => stdout.write(bytes),
    stderr: (bytes) => stderr.write(bytes),
    size: raw ? { cols: stdout.columns, rows: stdout.rows } : undefined,
  };
  const child = sequence(actions.map((action) => () => perform(action, lab, stdio)));

  if (raw) stdin.setRawMode(true);
  stdin.on('data', (data: Buffer) => child.write(data));
  stdin.on('end', () => child.end());
  if (raw) stdout.on('resize', () => child.resize({ cols: stdout.columns, rows: stdout.rows }));
  // Whoever read along has gone (`… | head`): what is printed from now on is for nobody.
  stdout.on('error', () => child.signal('terminate'));
  process.on('SIGINT', () => child.signal('interrupt'));
  process.on('SIGTERM', () => child.signal('terminate'));
  process.on('SIGHUP', () => child.signal('terminate'));
  try {
    return await child.exited;
  } finally {
    if (raw) stdin.setRawMode(false);
    stdin.destroy();
  }
};

/** Lets what was written reach a slow pipe before the process ends. */
const drain = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

const explain = (error: unknown): number => {
  if (error instanceof CommandError) {
    console.error(
      `lab: ${error.message}\nlab: 쓸 수 있는 명령은 npm run -s lab -- help 로 볼 수 있습니다.`,
    );
    return WRONG_USE;
  }
  if (!(error instanceof LabError)) throw error;
  console.error(`lab: ${error.message}`);
  return error.code === 'usage' || error.code === 'unknown-step' ? WRONG_USE : UNAVAILABLE;
};

const code = await run(process.argv.slice(2)).catch(explain);
await Promise.all([drain(process.stdout), drain(process.stderr)]);
process.exit(code);
