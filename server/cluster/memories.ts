/**
 * What brokers say that is not so. Those that were paused for so long that Kafka has expelled them tell of
 * the cluster as it was then, until they hear that their session has expired. And a controller tells who
 * has just come first which brokers there are, then of the partitions that have a replica there, and only
 * then of the others.
 */
import type { Metadata } from '../kafka/metadata.ts';
import { brokerId, type ContainerState, isBroker } from '../lab/lab.ts';
import { keyOf } from './changes.ts';

/** What the broker of this id has told. */
export interface Answer {
  readonly id: number;
  readonly metadata: Metadata;
  /** Milliseconds by a clock that does not jump. */
  readonly at: number;
}

export interface Memories {
  /** Before brokers are asked: who is paused, and whether the others count on it. */
  note(containers: readonly ContainerState[], told: Metadata | undefined): void;
  /** Those of the answers that tell what is. */
  sift(answers: readonly Answer[]): readonly Answer[];
  /** Nobody looks for a while. How long a broker has been there counts all the same. */
  forget(): void;
}

/**
 * Milliseconds from its first answer on in which "no topics" may mean: none that it has heard of. Where
 * partitions were known before that it does not name, and nobody has removed the containers, it may lack
 * them for longer: on a busy machine, a controller takes seconds.
 */
const YOUNG = 3_000;
const YOUNG_AND_WRONG = 15_000;

export const createMemories = (): Memories => {
  /** By broker, what it said last. */
  const said = new Map<number, string>();
  /** The same, of those that were expelled while they were paused. */
  const remembered = new Map<number, string>();

  /** By broker, when its process answered first. */
  const since = new Map<number, number>();

  /** The partitions when somebody told last. */
  let known: ReadonlySet<string> = new Set();

  const lacksSome = ({ topics }: Metadata): boolean => {
    const named = partitionsOf(topics);
    return [...known].some((key) => !named.has(key));
  };
  const isYoung = ({ id, metadata, at }: Answer): boolean => {
    if (said.has(id)) return false;
    const age = at - (since.get(id) ?? at);
    return (
      (age < YOUNG && metadata.topics.length === 0) ||
      (age < YOUNG_AND_WRONG && lacksSome(metadata))
    );
  };
  const isAsBefore = ({ id, metadata }: Answer): boolean => remembered.get(id) === textOf(metadata);
  /** Two of them vouch for each other as well. */
  const isMemory = (answer: Answer, answers: readonly Answer[]): boolean =>
    isAsBefore(answer) &&
    !answers.some((each) => !isAsBefore(each) && each.metadata.brokers.has(answer.id));

  return {
    note: (containers, told) => {
      const isThere = containers.some(({ name, state }) => isBroker(name) && state !== 'absent');
      known = isThere && told !== undefined ? partitionsOf(told.topics) : new Set();
      for (const { name, state } of containers) {
        if (!isBroker(name)) continue;
        const id = brokerId(name);
        const memory = said.get(id);
        const isExpelled = state === 'paused' && told !== undefined && !told.brokers.has(id);
        if (isExpelled && memory !== undefined) remembered.set(id, memory);
        // A new process remembers nothing.
        if (state !== 'exited' && state !== 'absent') continue;
        for (const each of [remembered, said, since]) each.delete(id);
      }
    },
    sift: (answers) => {
      for (const { id, at } of answers) if (!since.has(id)) since.set(id, at);
      const news = answers.filter((answer) => !isMemory(answer, answers) && !isYoung(answer));
      for (const { id, metadata } of news) {
        remembered.delete(id);
        said.set(id, textOf(metadata));
      }
      return news;
    },
    forget: () => {
      said.clear();
      remembered.clear();
    },
  };
};

const partitionsOf = (topics: Metadata['topics']): ReadonlySet<string> =>
  new Set(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partition }) => keyOf({ topic: name, partition })),
    ),
  );

const textOf = ({ brokers, controller, topics }: Metadata): string =>
  JSON.stringify([[...brokers].toSorted((a, b) => a - b), controller, topics]);
