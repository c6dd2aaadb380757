import { expect, it } from 'vitest';
import { createKept } from '../../../src/client/kept.ts';

/** Of one browser, for several tabs. */
const browser = (text: string | null = null) => {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, next: string) => {
      kept = next;
    },
  };
};

it('keeps a text by its name for every tab, until it is forgotten', () => {
  const storage = browser();
  const [one, other] = [createKept('k', () => storage), createKept('k', () => storage)];
  one.set('topics/a', 'x');
  other.set('topics/b', 'y');
  expect([one.get('topics/a'), one.get('topics/b')]).toEqual(['x', 'y']);
  one.set('topics/a', undefined);
  expect([other.get('topics/a'), other.get('topics/b')]).toEqual([undefined, 'y']);
});

it.each(['{', '[]', 'null', '3', '{"topics/a":1}'])('takes %s for nothing', (text) => {
  const storage = browser(text);
  const kept = createKept('k', () => storage);
  expect(kept.get('topics/a')).toBeUndefined();
  kept.set('topics/a', 'x');
  expect(kept.get('topics/a')).toBe('x');
});

it.each(['constructor', 'toString'])('knows nothing of %s by itself', (name) => {
  expect(createKept('k', () => browser()).get(name)).toBeUndefined();
});

it('keeps for this page what the browser does not', () => {
  const kept = createKept('k', () => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  kept.set('topics/a', 'x');
  expect(kept.get('topics/a')).toBe('x');
  expect(kept.get('topics/b')).toBeUndefined();
});
