import { expect, it } from 'vitest';
import { ownerMark } from '../../../server/lab/docker/marked.ts';

it('is another for each home, and the same after a restart', () => {
  const mark = ownerMark({ notes: '/one/.lab/docker' });
  expect(mark).toMatch(/^LAB_OWNER=[0-9a-f]{16}$/);
  expect(ownerMark({ notes: '/one/.lab/docker' })).toBe(mark);
  expect(ownerMark({ notes: '/two/.lab/docker' })).not.toBe(mark);
});
