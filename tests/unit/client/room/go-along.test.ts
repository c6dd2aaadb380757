import { expect, it } from 'vitest';
import { createCompanion } from '../../../../src/client/room/go-along.ts';

const place = (step: string) => ({ chapter: 'topics', step: `topics/${step}` });

const open = () => {
  const gone: (string | null)[] = [];
  return { gone, companion: createCompanion(({ step }) => gone.push(step)) };
};

it('goes where the class is led from elsewhere, once for each move', () => {
  const { gone, companion } = open();
  companion.handleRoom({ place: place('list'), moves: 3 });
  expect(gone).toEqual([]);
  companion.handleRoom({ place: place('describe'), moves: 4 });
  // News of something else.
  companion.handleRoom({ place: place('describe'), moves: 4 });
  companion.handleRoom({ place: place('describe'), moves: 5 });
  expect(gone).toEqual(['topics/describe', 'topics/describe']);
});

it('stays where it has led the class itself, until that is led on', () => {
  const { gone, companion } = open();
  companion.handleRoom({ place: null, moves: 0 });
  companion.lead(place('list'));
  companion.handleRoom({ place: place('list'), moves: 1 });
  expect(gone).toEqual([]);
  companion.handleRoom({ place: place('describe'), moves: 2 });
  companion.handleRoom({ place: place('list'), moves: 3 });
  expect(gone).toEqual(['topics/describe', 'topics/list']);
});
