import { describe, expect, it } from 'vitest';
import { countDone, createProgress } from '../../../src/client/progress.ts';

const makeStorage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};
const run = (
  startedAt: number,
  status: 'running' | 'passed' | 'failed' = 'passed',
  edition = 'e1',
) => ({ step: 'topics/list', edition, startedAt, status });

describe('what the reader has done', () => {
  it('is what has passed, for each page of this browser', () => {
    const storage = makeStorage();
    const [one, other] = [createProgress(() => storage), createProgress(() => storage)];
    one.mark(run(1, 'running'));
    one.mark(run(1, 'failed'));
    expect(other.done).toEqual({});
    one.mark(run(1));
    expect(other.done).toEqual({ 'topics/list': 'e1' });
    other.mark({ ...run(2), step: 'topics/create-orders' });
    expect(Object.keys(one.done)).toEqual(['topics/list', 'topics/create-orders']);
  });

  it('is another thing where the step is another', () => {
    const storage = makeStorage();
    const progress = createProgress(() => storage);
    progress.mark(run(1));
    const book = { 'topics/list': 'e1', 'topics/describe': 'e1' };
    expect(countDone(book, progress.done)).toEqual({ done: 1, all: 2 });
    expect(countDone({ ...book, 'topics/list': 'e2' }, progress.done)).toEqual({ done: 0, all: 2 });
    progress.mark(run(2, 'passed', 'e2'));
    expect(countDone({ ...book, 'topics/list': 'e2' }, progress.done).done).toBe(1);
    expect(countDone(book, progress.done, (step) => step === 'topics/describe').all).toBe(1);
  });

  it('is nothing once it was cleared, whatever runs the sidecar still has', () => {
    const storage = makeStorage();
    const progress = createProgress(() => storage);
    progress.mark(run(1_000));
    let told = 0;
    progress.subscribe(() => {
      told += 1;
    });
    progress.clear(2_000);
    progress.mark(run(1_000));
    expect(progress.done).toEqual({});
    progress.mark(run(3_000));
    expect(progress.done).toEqual({ 'topics/list': 'e1' });
    expect(told).toBe(2);
  });

  it('lasts as long as the page where the browser keeps nothing, and says so', () => {
    const progress = createProgress(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    progress.mark(run(1));
    expect(progress.done).toEqual({ 'topics/list': 'e1' });
    expect([progress.isKept, progress.isFull]).toEqual([false, false]);
  });

  it('is kept as a whole once there is room again, and says that there was none', () => {
    const storage = makeStorage();
    let refusals = 1;
    const progress = createProgress(() => ({
      ...storage,
      setItem: (key, text) => {
        if (refusals-- > 0) throw new DOMException('full', 'QuotaExceededError');
        storage.setItem(key, text);
      },
    }));
    progress.mark(run(1));
    expect(progress.done).toEqual({ 'topics/list': 'e1' });
    expect([progress.isKept, progress.isFull]).toEqual([false, true]);
    progress.mark({ ...run(2), step: 'topics/more' });
    expect([progress.isKept, progress.isFull]).toEqual([true, false]);
    expect(createProgress(() => storage).done).toEqual({
      'topics/list': 'e1',
      'topics/more': 'e1',
    });
  });

  it.each(['', 'null', '[]', '{"since":"x","done":{}}', '{"since":1,"done":{"a":5}}', '{'])(
    'is nothing where something else is kept: %s',
    (text) => {
      const progress = createProgress(() => ({ getItem: () => text, setItem: () => {} }));
      expect(progress.done).toEqual({});
    },
  );
});
