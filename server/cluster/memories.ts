/**
 * What brokers say that is not so. Those that were paused for so long that Kafka has expelled them tell of
 * the cluster as it was then, until they hear that their session has expired. And a controller tells who
 * has just come first which brokers there are, and only then which topics.
 */
import type { Metadata } from '../kafka/metadata.ts';
import { brokerId, type ContainerState, isBroker } from '../lab/lab.ts';

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
 * there were topics before, and nobody has removed the containers, that is what it means for longer: on a
 * busy machine, a controller takes seconds.
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

  /** There were topics when somebody told last. */
  let hadTopics = false;

  const knowsNothingYet = ({ id, metadata, at }: Answer): boolean =>
    metadata.topics.length === 0 &&
    !said.has(id) &&
    at - (since.get(id) ?? at) < (hadTopics ? YOUNG_AND_WRONG : YOUNG);
  const isAsBefore = ({ id, metadata }: Answer): boolean => remembered.get(id) === textOf(metadata);
  /** Two of them vouch for each other as well. */
  const isMemory = (answer: Answer, answers: readonly Answer[]): boolean =>
    isAsBefore(answer) &&
    !answers.some((each) => !isAsBefore(each) && each.metadata.brokers.has(answer.id));

  return {
    note: (containers, told) => {
      const isThere = containers.some(({ name, state }) => isBroker(name) && state !== 'absent');
      hadTopics = isThere && told !== undefined && told.topics.length > 0;
      for (const { name, state } of containers) {
        if (!isBroker(name)) continue;
        const id = brokerId(name);
        const memory = said.get(id);
        const isExpelled = state === 'paused' && told !== undefined && !told.brokers.has(id);
        if (isExpelled && memory !== undefined) remembered.set(id, memory);
        // A new process remembers nothing.
        if (state !== 'exited' && state !== 'absent') continue;
        for (const known of [remembered, said, since]) known.delete(id);
      }
    },
    sift: (answers) => {
      for (const { id, at } of answers) if (!since.has(id)) since.set(id, at);
      const news = answers.filter(
        (answer) => !isMemory(answer, answers) && !knowsNothingYet(answer),
      );
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

const textOf = ({ brokers, controller, topics }: Metadata): string =>
  JSON.stringify([[...brokers].toSorted((a, b) => a - b), controller, topics]);
