import { expect, it } from 'vitest';
import { shownTopics } from '../../../src/client/shown-topics.ts';

const partition = (topic: string, leader: number | null = 1, isr = [1, 2, 3]) => ({
  topic,
  partition: 0,
  leader,
  replicas: [1, 2, 3],
  isr,
  end: 0,
});

it('shows all of a few topics, in their order', () => {
  expect([
    ...shownTopics(
      ['a', 'b'].map((topic) => partition(topic)),
      () => false,
    ),
  ]).toEqual(['a', 'b']);
});

it('shows of many those first that the page is about, then those in which something is amiss', () => {
  const many = Array.from({ length: 50 }, (_, index) => partition(`t${index}`));
  many[40] = partition('t40', null, [3]);
  many[45] = partition('t45', 1, [1, 2]);
  const shown = [...shownTopics(many, (topic) => topic === 't30')];
  expect(shown).toEqual(['t30', 't40', 't45', 't0', 't1', 't2', 't3', 't4', 't5', 't6']);
});
