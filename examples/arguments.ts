/** What each program takes. The lessons' commands are checked by the same rules when the book is built. */
import { parseArgs } from 'node:util';

/** Wrong use: nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface TopicArguments {
  readonly topic: string;
  /** As typed; whether they make sense is for Kafka and the program to say. */
  readonly partitions: string;
  readonly replicationFactor: string;
  /** Prepare the consumer group on it, too. */
  readonly withGroup: boolean;
}

export const PARTITIONER_NAMES = ['key', 'round-robin', 'custom'] as const;
export type PartitionerName = (typeof PARTITIONER_NAMES)[number];

export interface ProducerOptions {
  readonly topic: string;
  /** Messages; without it, until stopped. */
  readonly count: number | undefined;
  /** Messages a second. */
  readonly rate: number;
  readonly partitioner: PartitionerName;
  readonly acks: -1 | 0 | 1;
}

export interface ConsumerOptions {
  readonly topic: string;
  /** Consumers in this one process. */
  readonly threads: number;
}

export const SCENARIOS = ['1', '2', '3', '4', 'unclean'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface DrillOptions {
  /** Without it, the menu asks. */
  readonly scenario: Scenario | undefined;
  /** `stop` hands the leaders over first; `kill` is a crash. */
  readonly mode: 'stop' | 'kill';
  /** Leave the topic for whoever wants to count its messages. */
  readonly keep: boolean;
  /** A file that gets the ledger as JSON. */
  readonly ledger: string | undefined;
}

const TOPIC_USAGE =
  '사용법: ./create_topic.sh 토픽 파티션수 복제팩터 [with-group]   (예: ./create_topic.sh orders 3 3)';
const PRODUCER_USAGE = `사용법: node producer_example.ts [--topic 토픽] [--count 개수] [--rate 초당_개수] [--partitioner ${PARTITIONER_NAMES.join('|')}] [--acks all|1|0]`;
const CONSUMER_USAGE = '사용법: node consumer_example.ts [--topic 토픽] [--threads 1~10]';
const DRILL_USAGE = `사용법: ./test_broker_failure.sh [--scenario ${SCENARIOS.join('|')}] [--mode stop|kill] [--keep] [--ledger 파일]`;

/** @throws UsageError */
export const parseTopicArguments = (args: readonly string[]): TopicArguments => {
  const [topic, partitions, replicationFactor, group, extra] = args;
  const wrong =
    topic === undefined ||
    // Kafka would take a topic named --help.
    topic.startsWith('-') ||
    partitions === undefined ||
    replicationFactor === undefined ||
    (group !== undefined && group !== 'with-group') ||
    extra !== undefined;
  if (wrong) throw new UsageError(TOPIC_USAGE);
  return { topic, partitions, replicationFactor, withGroup: group !== undefined };
};

/** @throws UsageError */
export const parseProducerOptions = (args: readonly string[]): ProducerOptions => {
  const values = options(args, PRODUCER_USAGE, {
    topic: { type: 'string', default: 'orders' },
    count: { type: 'string' },
    rate: { type: 'string', default: '5' },
    partitioner: { type: 'string', default: 'key' },
    acks: { type: 'string', default: 'all' },
  });
  const { topic = '', count, rate, partitioner, acks = '' } = values;
  return {
    topic: topicName(topic, PRODUCER_USAGE),
    count: count === undefined ? undefined : number(count, '--count', 1_000_000, PRODUCER_USAGE),
    rate: number(rate, '--rate', 1_000, PRODUCER_USAGE),
    partitioner: oneOf(partitioner, PARTITIONER_NAMES, '--partitioner', PRODUCER_USAGE),
    acks: ACKS[oneOf(acks, ['all', '1', '0'] as const, '--acks', PRODUCER_USAGE)],
  };
};

const ACKS = { all: -1, '1': 1, '0': 0 } as const;

/** @throws UsageError */
export const parseConsumerOptions = (args: readonly string[]): ConsumerOptions => {
  const { topic = '', threads } = options(args, CONSUMER_USAGE, {
    topic: { type: 'string', default: 'orders' },
    threads: { type: 'string', default: '1' },
  });
  return {
    topic: topicName(topic, CONSUMER_USAGE),
    threads: number(threads, '--threads', 10, CONSUMER_USAGE),
  };
};

/** @throws UsageError */
export const parseDrillOptions = (args: readonly string[]): DrillOptions => {
  const { scenario, mode, keep, ledger } = options(args, DRILL_USAGE, {
    scenario: { type: 'string' },
    mode: { type: 'string', default: 'stop' },
    keep: { type: 'boolean', default: false },
    ledger: { type: 'string' },
  });
  return {
    scenario:
      scenario === undefined ? undefined : oneOf(scenario, SCENARIOS, '--scenario', DRILL_USAGE),
    mode: oneOf(mode, ['stop', 'kill'] as const, '--mode', DRILL_USAGE),
    keep: keep === true,
    ledger,
  };
};

type Spec = Record<
  string,
  { type: 'string'; default?: string } | { type: 'boolean'; default?: boolean }
>;

const options = <T extends Spec>(args: readonly string[], usage: string, spec: T) => {
  try {
    return parseArgs({ args: [...args], options: spec, strict: true, allowPositionals: false })
      .values;
  } catch (error) {
    // Node's reason is in English; what it is about is the first thing that it quotes.
    const [, culprit] = /'([^' ]+)/.exec(error instanceof Error ? error.message : '') ?? [];
    throw new UsageError(`쓸 수 없거나 값이 빠진 인자입니다: ${culprit}\n${usage}`);
  }
};

/** By Kafka's own rule: of another name one cannot say that its topic does not exist yet. */
const topicName = (text: string, usage: string): string => {
  if (/^(?!\.{1,2}$)[\w.-]{1,249}$/.test(text)) return text;
  throw new UsageError(
    `--topic에는 영문자, 숫자, '.', '_', '-'로 된 249자 이하의 이름을 적습니다: ${text}\n${usage}`,
  );
};

const number = (text: string | undefined, option: string, most: number, usage: string): number => {
  const value = Number(text);
  if (/^\d+$/.test(text ?? '') && value >= 1 && value <= most) return value;
  throw new UsageError(`${option}에는 1에서 ${most} 사이의 정수를 적습니다: ${text}\n${usage}`);
};

const oneOf = <T extends string>(
  text: string | undefined,
  allowed: readonly T[],
  option: string,
  usage: string,
): T => {
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw new UsageError(
    `${option}에는 ${allowed.join(', ')} 가운데 하나를 적습니다: ${text}\n${usage}`,
  );
};

/** Why a program would refuse its arguments; `undefined` if it takes them. */
const check =
  (parse: (args: readonly string[]) => unknown) =>
  (args: readonly string[]): string | undefined => {
    try {
      parse(args);
      return undefined;
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
  };

export const USAGE = {
  create_topic: check(parseTopicArguments),
  producer_example: check(parseProducerOptions),
  consumer_example: check(parseConsumerOptions),
  test_broker_failure: check(parseDrillOptions),
} as const;
