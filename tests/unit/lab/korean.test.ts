import { expect, it } from 'vitest';
import { stopped } from '../../../server/lab/korean.ts';

it('names what it has not stopped, and how that is done', () => {
  expect(stopped([])).toBe('마쳤습니다. 데이터는 남아 있습니다.');
  expect(stopped(['zookeeper', 'kafka1'])).toMatch(/zookeeper, kafka1을 그대로 .* down$/);
});
