import { expect, it } from 'vitest';
import { leftBehind, ownerMark } from '../../../server/lab/docker/marked.ts';

const siteOf = (home: string, session: string) => ({ notes: `/${home}/.lab/docker`, session });

it('is another for each home, and the same after a restart but for its session', () => {
  const before = ownerMark(siteOf('one', 'a1'));
  expect(before).toMatch(/^LAB_OWNER=[0-9a-f]{16}\.a1$/);
  const { entry, except } = leftBehind(siteOf('one', 'b2'));
  expect(before.startsWith(entry)).toBe(true);
  expect(except).toBe(ownerMark(siteOf('one', 'b2')));
  expect(ownerMark(siteOf('two', 'a1')).startsWith(entry)).toBe(false);
});
