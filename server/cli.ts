/** `npm run -s lab -- …`: the guide's commands in the learner's own terminal, with or without a sidecar. */
import { doctor } from './doctor.ts';
import { DRILL_MARK, DRILL_RUNNING, isDrillRunning } from './drill-lock.ts';
import { LabError } from './errors.ts';
import { chooseLab } from './lab/choose.ts';
import { type Command, usesPty } from './lessons/action.ts';
import { parseCommand } from './lessons/command.ts';
import type { Step } from './lessons/read.ts';
import { CommandError } from './lessons/words.ts';
import { prepare } from './prepare.ts';
import { reset } from './reset.ts';
import { bring } from './runs/bring.ts';
import { requireCluster } from './runs/cluster.ts';
import { touchesCluster } from './runs/conflict.ts';
import { perform } from './runs/perform.ts';
import { sequence } from './runs/sequence.ts';
import { CONTENT, HOME } from './settings.ts';
import { connect } from './terminal.ts';

const USAGE = `사용법: npm run -s lab -- <명령>

  docker-compose up -d | ps | down [-v]
  docker start|stop|restart|kill|pause|unpause 이름…
  docker logs [--tail N] [-f] 이름
  docker exec [-it] 이름 Kafka도구 인자…
  docker volume prune
  ./create_topic.sh 토픽 파티션수 복제팩터 [with-group]
  ./test_broker_failure.sh [--scenario N] [--mode stop|kill]
  node producer_example.ts | consumer_example.ts …

  step 장/단계      교재의 한 단계를 그대로 실행합니다 (예: step topics/describe-orders)
  step 장/start     그 장이 시작하는 클러스터로 맞춥니다 (예: step partitioning/start)
  new 장/단계       교재의 그 장 끝에 새 단계를 하나 적어 둡니다 (예: new topics/delete-orders)
  prepare           수업 전에 이미지나 Kafka 파일을 미리 받아 둡니다
  doctor            이 컴퓨터에 무엇이 있고 무엇이 없는지 살펴봅니다
  reset             실습실을 처음 상태로 되돌립니다`;

/** Nothing ran: wrong use, or a lab that cannot be reached. What ran gives its own code. */
const WRONG_USE = 2;
const UNAVAILABLE = 3;

/** The lab's own commands, which take no argument. */
const OWN: ReadonlyMap<string, () => Promise<number>> = new Map([
  ['doctor', () => doctor(console.log)],
  ['prepare', prepare],
  ['reset', reset],
]);

const run = async (words: readonly string[]): Promise<number> => {
  const [name, argument, ...extra] = words;
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(USAGE);
    return name === undefined ? WRONG_USE : 0;
  }
  const own = OWN.get(name);
  if (own !== undefined) {
    if (argument !== undefined)
      throw new LabError('usage', `${name} 뒤에는 아무것도 적지 않습니다.`);
    return own();
  }
  if (name === 'new') return writeStep(onlyArgument(name, argument, extra));
  if (name !== 'step') {
    return runCommands([{ text: words.join(' '), action: parseCommand(words) }]);
  }
  const step = await readStep(onlyArgument(name, argument, extra));
  return step.checkpoint === undefined
    ? runCommands(step.commands)
    : runCheckpoint(step.checkpoint);
};

const onlyArgument = (name: string, argument: string | undefined, extra: readonly string[]) => {
  if (argument !== undefined && extra.length === 0) return argument;
  throw new LabError('usage', `${name} 뒤에는 단계 하나를 적어 주세요. 예: ${name} topics/list`);
};

const writeStep = async (id: string): Promise<number> => {
  const { addStep } = await import('./lessons/new-step.ts');
  console.log(await addStep(CONTENT, id));
  return 0;
};

const refuseDrill = (step: Pick<Step, 'commands' | 'checkpoint'>): void => {
  if (touchesCluster(step) && !(DRILL_MARK in process.env) && isDrillRunning(HOME)) {
    throw new LabError('busy', DRILL_RUNNING);
  }
};

const runCommands = async (commands: readonly Command[]): Promise<number> => {
  refuseDrill({ commands });
  const lab = await chooseLab('cli');
  await requireCluster(
    commands.map(({ action }) => action),
    lab,
  );
  return connect(
    (stdio) => sequence(commands.map((command) => () => perform(command, lab, stdio))),
    { pty: commands.some(usesPty) },
  );
};

/** Nobody here has been shown what would be deleted: then nothing is. */
const runCheckpoint = async (checkpoint: NonNullable<Step['checkpoint']>): Promise<number> => {
  refuseDrill({ commands: [], checkpoint });
  const lab = await chooseLab('cli');
  const { createWatcher } = await import('./cluster/watcher.ts');
  return connect((stdio) => {
    const say = (text: string): void => stdio.stdout(Buffer.from(`${text}\n`));
    return bring({
      checkpoint,
      watcher: createWatcher(lab),
      removes: [],
      // Another window's runs are not known here.
      consumersOf: () => [],
      perform: (command) => {
        say(`$ ${command.text}`);
        return perform(command, lab, stdio);
      },
      say,
    });
  });
};

const readStep = async (id: string): Promise<Step> => {
  // Only this command reads the book: a parser for MDX would delay all the others.
  const { readAllSteps } = await import('./lessons/checkpoints.ts');
  const lessons = await readAllSteps(CONTENT);
  const step = lessons.get(id);
  if (step === undefined) {
    throw new LabError(
      'usage',
      `${id} 단계가 없습니다. 있는 단계: ${[...lessons.keys()].join(', ')}`,
    );
  }
  return step;
};

const explain = (error: unknown): number => {
  if (error instanceof CommandError) {
    console.error(
      `lab: ${error.message}\nlab: 쓸 수 있는 명령은 npm run -s lab -- help 로 볼 수 있습니다.`,
    );
    return WRONG_USE;
  }
  if (error instanceof Error && error.name === 'LessonError') {
    console.error(`lab: 교재를 읽을 수 없습니다. ${error.message}`);
    return UNAVAILABLE;
  }
  if (!(error instanceof LabError)) throw error;
  console.error(`lab: ${error.message}`);
  return error.code === 'usage' ? WRONG_USE : UNAVAILABLE;
};

// Whoever read along has gone (`… | head`): that is no defect of ours.
process.stdout.on('error', () => {});
process.exit(await run(process.argv.slice(2)).catch(explain));
