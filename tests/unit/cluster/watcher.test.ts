import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createWatcher } from '../../../server/cluster/watcher.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { ClusterState } from '../../../server/protocol.ts';
import { waitFor } from '../../wait.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A lab whose containers are all gone: nobody is there to be asked for more. */
const watchNothing = () => {
  let looks = 0;
  const lab: Pick<Lab, 'containers' | 'follow' | 'portOf'> = {
    containers: async () => {
      looks += 1;
      return [];
    },
    follow: () => () => {},
    portOf: () => 0,
  };
  const states: ClusterState[] = [];
  const watcher = createWatcher(lab);
  const stop = watcher.watch((_, state) => states.push(state));
  onTestFinished(stop);
  return { states, stop, looks: () => looks, watcher };
};

it('makes nothing old, or young, when the clock of the machine jumps', async () => {
  const { states } = watchNothing();
  await waitFor('the first word', () => states.length > 0);
  for (const hours of [1, -2]) {
    const before = states.at(-1)?.at ?? 0;
    const heard = states.length;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
    await waitFor('the next word', () => states.length > heard + 1);
    const { at = 0, seenAt } = states.at(-1) ?? {};
    expect(at - before).toBeGreaterThan(0);
    expect(at - before).toBeLessThan(10_000);
    expect(at - (seenAt ?? 0)).toBeLessThan(3_000);
  }
}, 30_000);

it('looks only while somebody watches: who only overhears is told, and no reason to look', async () => {
  const { states, stop, looks, watcher } = watchNothing();
  const overheard: ClusterState[] = [];
  watcher.overhear((_, state) => overheard.push(state));
  await waitFor('the first word', () => states.length > 1);
  expect(overheard).toEqual(states);
  stop();
  const looked = looks();
  // Another looks on meanwhile: as long as this one would need for several looks.
  const other = watchNothing();
  await waitFor('five looks of another', () => other.looks() >= 5);
  expect(looks() - looked).toBeLessThanOrEqual(1);
});

it('asks Kafka at once, and often, when a change is expected', async () => {
  let [looks, questions] = [0, 0];
  const watcher = createWatcher({
    containers: async () => {
      looks += 1;
      return [{ name: 'kafka1', state: 'running', status: '' }];
    },
    follow: () => () => {},
    portOf: () => {
      questions += 1;
      return 1;
    },
  });
  onTestFinished(watcher.watch(() => {}));
  /** Looks at the containers, which are steady, while two more questions are asked. */
  const between = async (): Promise<number> => {
    const [asked, looked] = [questions, looks];
    await waitFor('two questions', () => questions >= asked + 2);
    return looks - looked;
  };
  await between();
  // An hour without a change.
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 3_600_000);
  await between();
  const quiet = await between();
  watcher.expectChange();
  expect(await between()).toBeLessThanOrEqual(quiet / 2);
}, 30_000);

it('tells of each look whoever asks for that, also where nothing has changed', async () => {
  const { states, looks, watcher } = watchNothing();
  await waitFor('the first word', () => states.length > 0);
  let observed = 0;
  const stop = watcher.observe(() => {
    observed += 1;
  });
  onTestFinished(stop);
  const before = looks();
  await waitFor('three looks', () => looks() >= before + 3);
  expect(observed).toBeGreaterThanOrEqual(2);
  expect(states.length).toBeLessThan(3);
});
