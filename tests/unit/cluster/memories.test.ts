import { expect, it } from 'vitest';
import { createMemories } from '../../../server/cluster/memories.ts';
import type { Metadata } from '../../../server/kafka/metadata.ts';
import type { ContainerState } from '../../../server/lab/lab.ts';

const knows = (
  brokers: readonly number[],
  controller: number,
  isr: readonly number[],
): Metadata => ({
  brokers: new Set(brokers),
  controller,
  topics: [
    {
      name: 'orders',
      internal: false,
      partitions: [{ partition: 0, leader: controller, replicas: [1, 3], isr }],
    },
  ],
});
const answer = (id: number, metadata: Metadata) => ({ id, metadata, at: 0 });
const kafka1 = (state: ContainerState['state']): ContainerState[] => [
  { name: 'kafka1', state, status: '' },
];
const BEFORE = knows([1, 3], 1, [1, 3]);
const WITHOUT = knows([3], 3, [3]);

/** kafka1 was paused and expelled; then it goes on. */
const setUp = () => {
  const memories = createMemories();
  const ids = (...answers: ReturnType<typeof answer>[]): readonly number[] =>
    memories.sift(answers).map(({ id }) => id);
  memories.note(kafka1('running'), undefined);
  expect(ids(answer(1, BEFORE), answer(3, BEFORE))).toEqual([1, 3]);
  memories.note(kafka1('paused'), BEFORE);
  expect(ids(answer(3, BEFORE))).toEqual([3]);
  memories.note(kafka1('paused'), WITHOUT);
  expect(ids(answer(3, WITHOUT))).toEqual([3]);
  memories.note(kafka1('running'), WITHOUT);
  return { memories, ids };
};

it('what an expelled broker remembers is no news, also where nobody contradicts it', () => {
  const { ids } = setUp();
  expect(ids(answer(1, BEFORE), answer(3, WITHOUT))).toEqual([3]);
  expect(ids(answer(1, BEFORE))).toEqual([]);
  // It has registered anew, alone.
  expect(ids(answer(1, knows([1], 1, [3])))).toEqual([1]);
  expect(ids(answer(1, BEFORE))).toEqual([1]);
});

it('it is believed again once another counts on it', () => {
  const { ids } = setUp();
  expect(ids(answer(1, BEFORE), answer(3, BEFORE))).toEqual([1, 3]);
});

it('two of them are no witnesses for each other', () => {
  const memories = createMemories();
  const paused: ContainerState[] = (['kafka1', 'kafka2'] as const).map((name) => ({
    name,
    state: 'paused',
    status: '',
  }));
  const whole = knows([1, 2, 3], 1, [1, 3]);
  memories.sift([answer(1, whole), answer(2, whole), answer(3, whole)]);
  memories.note(paused, WITHOUT);
  const told = [answer(1, whole), answer(2, whole), answer(3, WITHOUT)];
  expect(memories.sift(told).map(({ id }) => id)).toEqual([3]);
});

it('a new process remembers nothing, and neither does one that was paused for a moment', () => {
  const { memories, ids } = setUp();
  memories.note(kafka1('exited'), WITHOUT);
  memories.note(kafka1('running'), WITHOUT);
  expect(ids(answer(1, BEFORE))).toEqual([1]);
  memories.note(kafka1('paused'), BEFORE);
  memories.note(kafka1('running'), BEFORE);
  expect(ids(answer(1, BEFORE))).toEqual([1]);
});

it('a broker that has just come knows no topics: that there are none is believed later', () => {
  const memories = createMemories();
  const ids = (...answers: { id: number; metadata: Metadata; at: number }[]) =>
    memories.sift(answers).map(({ id }) => id);
  const nothing: Metadata = { ...BEFORE, topics: [] };
  memories.note(kafka1('running'), undefined);
  expect(ids({ id: 1, metadata: nothing, at: 1_000 })).toEqual([]);
  expect(ids({ id: 1, metadata: nothing, at: 3_900 })).toEqual([]);
  expect(ids({ id: 1, metadata: nothing, at: 4_000 })).toEqual([1]);
  // It has told of topics: that they are gone is news at once.
  expect(ids({ id: 3, metadata: BEFORE, at: 1_000 })).toEqual([3]);
  expect(ids({ id: 3, metadata: nothing, at: 1_100 })).toEqual([3]);
  // Its next process comes without them again.
  memories.note([{ name: 'kafka1', state: 'exited', status: '' }], undefined);
  expect(ids({ id: 1, metadata: nothing, at: 9_000 })).toEqual([]);
  expect(ids({ id: 1, metadata: BEFORE, at: 9_100 })).toEqual([1]);
  // Where there were topics, it is not believed for longer; unless the containers were removed.
  const young = { id: 2, metadata: nothing };
  memories.note([{ name: 'kafka2', state: 'running', status: '' }], BEFORE);
  expect(ids({ ...young, at: 20_000 }, { ...young, at: 34_900 })).toEqual([]);
  memories.note([{ name: 'kafka2', state: 'absent', status: '' }], BEFORE);
  expect(ids({ ...young, at: 40_000 })).toEqual([]);
  expect(ids({ ...young, at: 43_000 })).toEqual([2]);
  // One that has been there for long is believed also by who has not looked meanwhile.
  memories.forget();
  expect(ids({ id: 1, metadata: nothing, at: 60_000 })).toEqual([1]);
});

it('a broker that has just come knows some partitions first: that the others are gone is believed later', () => {
  const memories = createMemories();
  const ids = (...answers: { id: number; metadata: Metadata; at: number }[]) =>
    memories.sift(answers).map(({ id }) => id);
  const whole: Metadata = {
    ...BEFORE,
    topics: BEFORE.topics.map((each) => ({
      ...each,
      partitions: [0, 1].map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1] })),
    })),
  };
  const running: ContainerState[] = (['kafka1', 'kafka2'] as const).map((name) => ({
    name,
    state: 'running',
    status: '',
  }));
  memories.note(running, whole);
  expect(ids({ id: 1, metadata: BEFORE, at: 1_000 })).toEqual([]);
  expect(ids({ id: 1, metadata: whole, at: 1_200 })).toEqual([1]);
  // It has known the other: that it is gone is news at once.
  expect(ids({ id: 1, metadata: BEFORE, at: 1_300 })).toEqual([1]);
  expect(ids({ id: 2, metadata: BEFORE, at: 1_300 })).toEqual([]);
  expect(ids({ id: 2, metadata: BEFORE, at: 16_200 })).toEqual([]);
  expect(ids({ id: 2, metadata: BEFORE, at: 16_300 })).toEqual([2]);
});
