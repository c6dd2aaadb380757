/**
 * What brokers remember that were paused for so long that Kafka has expelled them. When they go on, they
 * tell of the cluster as it was then, until they hear that their session has expired.
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
}

export const createMemories = (): Memories => {
  /** By broker, what it said last. */
  const said = new Map<number, string>();
  /** The same, of those that were expelled while they were paused. */
  const remembered = new Map<number, string>();

  const isAsBefore = ({ id, metadata }: Answer): boolean => remembered.get(id) === textOf(metadata);
  /** Two of them vouch for each other as well. */
  const isMemory = (answer: Answer, answers: readonly Answer[]): boolean =>
    isAsBefore(answer) &&
    !answers.some((each) => !isAsBefore(each) && each.metadata.brokers.has(answer.id));

  return {
    note: (containers, told) => {
      for (const { name, state } of containers) {
        if (!isBroker(name)) continue;
        const id = brokerId(name);
        const memory = said.get(id);
        const isExpelled = state === 'paused' && told !== undefined && !told.brokers.has(id);
        if (isExpelled && memory !== undefined) remembered.set(id, memory);
        // A new process remembers nothing.
        if (state === 'exited' || state === 'absent') remembered.delete(id);
      }
    },
    sift: (answers) => {
      const news = answers.filter((answer) => !isMemory(answer, answers));
      for (const { id, metadata } of news) {
        remembered.delete(id);
        said.set(id, textOf(metadata));
      }
      return news;
    },
  };
};

const textOf = ({ brokers, controller, topics }: Metadata): string =>
  JSON.stringify([[...brokers].toSorted((a, b) => a - b), controller, topics]);
