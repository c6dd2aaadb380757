import { expect, it, onTestFinished, vi } from 'vitest';
import { OTHERS } from '../../../../server/workshop/protocol.ts';
import { choiceFor, keepChoice } from '../../../../src/client/prediction-verdict.ts';
import {
  become,
  enterClass,
  forget,
  ledAnother,
  letters,
  noteLed,
  noteRoom,
  othersAt,
  type Participation,
  participation,
  roomName,
  votes,
  wasIn,
} from '../../../../src/client/room/membership.ts';
import { createSlot } from '../../../../src/client/room/slot.ts';

it.each([
  ['QuotaExceededError', true],
  ['SecurityError', false],
])(
  'after %s it is there for this page, and whether it is for want of room is told: %s',
  (name, isFull) => {
    const slot = createSlot<string>(
      'k',
      () => {
        throw new DOMException('no', name);
      },
      () => true,
    );
    slot.write('x');
    expect([slot.read(), slot.isKept, slot.isFull]).toEqual(['x', false, isFull]);
  },
);

it('who is somebody else by now, in another tab, stays that', () => {
  const who = { hub: '', token: 'new', nickname: '가람', joinedAt: 1 };
  participation.write(who);
  roomName.write('오후 반');
  forget('old');
  expect([participation.read(), roomName.read()]).toEqual([who, '오후 반']);
  forget('new');
  expect([participation.read(), roomName.read()]).toEqual([undefined, undefined]);
});

const personOf = (token: string, hub = ''): Participation => ({
  hub,
  token,
  nickname: '가람',
  joinedAt: 1,
});

/** A browser that keeps what is written. */
const stubStorage = (): Map<string, string> => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  participation.write(undefined);
  return kept;
};

it('keeps what is of one class in it, and has it again as it comes back', () => {
  const kept = stubStorage();
  const hand = { id: 'x', report: { kind: 'hand', up: true, step: null } } as const;
  enterClass(personOf('a'), undefined);
  votes.write({ poll: 'kafka1' });
  letters.write([hand]);
  // Another tab is in another class by now: this one is not, yet.
  participation.write(personOf('b'));
  expect(votes.read()).toEqual({ poll: 'kafka1' });
  enterClass(personOf('b'), personOf('a'));
  expect([votes.read(), letters.read()]).toEqual([undefined, undefined]);
  votes.write({ poll: 'kafka2' });
  const back = enterClass({ ...personOf('a'), joinedAt: 9 }, personOf('b'));
  expect([votes.read(), letters.read()]).toEqual([{ poll: 'kafka1' }, [hand]]);
  // What they ran since they first came is to be told still.
  expect(back.joinedAt).toBe(1);
  forget('a');
  become(personOf('a'));
  expect([votes.read(), letters.read()]).toEqual([undefined, undefined]);
  expect([...kept.keys()].filter((key) => key.endsWith(':a'))).toEqual([]);
});

it('has nothing chosen in a class that was chosen before it', () => {
  stubStorage();
  enterClass(personOf('a'), undefined);
  keepChoice('failures/stop-kafka1', 'kafka2');
  expect(choiceFor('failures/stop-kafka1')).toBe('kafka2');
  enterClass(personOf('b'), personOf('a'));
  expect(choiceFor('failures/stop-kafka1')).toBeUndefined();
});

it('what they did in another class is not the business of this one, nor the other way round', () => {
  stubStorage();
  const [a, b] = ['a', 'b'].map((token) => personOf(token));
  if (a === undefined || b === undefined) throw new Error();
  const timesIn = (token: string): number[] =>
    Array.from({ length: 10 }, (_, at) => at).filter((at) => wasIn(token, at));
  enterClass({ ...a, joinedAt: 1 }, undefined);
  enterClass({ ...b, joinedAt: 3 }, participation.read());
  // As another tab knows, too, that shows the first class still.
  expect([timesIn('a'), timesIn('b')]).toEqual([
    [1, 2],
    [3, 4, 5, 6, 7, 8, 9],
  ]);
  enterClass({ ...a, joinedAt: 5 }, participation.read());
  // Told which class it is, it knows all that it did.
  noteRoom('a', 7);
  // Another tab, which knows of nothing in between.
  enterClass({ ...b, joinedAt: 6 }, participation.read());
  enterClass({ ...b, joinedAt: 7 }, { ...a, joinedAt: 1 });
  forget('b');
  // In none, for a while.
  enterClass({ ...a, joinedAt: 8 }, undefined);
  expect([timesIn('a'), timesIn('b')]).toEqual([[1, 2, 5, 8, 9], []]);
});

it('is taken for nobody who has another name', () => {
  stubStorage();
  for (const [token, nickname] of [
    ['a', '가람'],
    ['b', '나래'],
    ['c', '나래 (2)'],
    ['d', '강사 (참가자)'],
  ] as const)
    enterClass({ ...personOf(token), nickname }, participation.read());
  expect(othersAt('', '나래')).toEqual(['b', 'c']);
  // As a class called them, they may say again.
  expect(othersAt('', '나래 (3)')).toEqual(['b', 'c']);
  expect(othersAt('', '나')).toEqual([]);
  expect(othersAt('', '강사')).toEqual(['d']);
});

it('stays in other classes, each once, until it leaves them', () => {
  stubStorage();
  enterClass(personOf('a'), undefined);
  expect(participation.read()?.token).toBe('a');
  enterClass(personOf('b'), participation.read());
  enterClass(personOf('c', 'http://elsewhere'), participation.read());
  expect([othersAt(''), othersAt('http://elsewhere')]).toEqual([['a', 'b'], ['c']]);
  enterClass(personOf('a'), participation.read());
  // Another tab, that was in another.
  enterClass(personOf('a'), personOf('b'));
  expect(othersAt('')).toEqual(['b', 'a']);
  forget('b');
  expect(othersAt('')).toEqual(['a']);
  const many = Array.from({ length: 2 * OTHERS }, (_, index) => `t${index}`);
  for (const token of many) enterClass(personOf(token), participation.read());
  expect(othersAt('')).toEqual(many.slice(-OTHERS));
});

it('what goes with the page is nobody elsewhere', () => {
  enterClass(personOf('a'), personOf('b'));
  expect(othersAt('')).toEqual([]);
});

it('knows when its tab has led another class, through each that it has led', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const leads = (room: number | undefined, at: number): void => {
    vi.setSystemTime(at);
    noteLed(room);
  };
  const others = (room: number): number[] =>
    Array.from({ length: 10 }, (_, at) => at).filter((at) => ledAnother(room, at));
  leads(100, 1);
  leads(200, 3);
  // Connected anew, or on the next page, it goes on.
  leads(200, 4);
  expect([others(100), others(200)]).toEqual([
    [3, 4, 5, 6, 7, 8, 9],
    [1, 2],
  ]);
  leads(undefined, 5);
  leads(100, 7);
  leads(100, 8);
  expect([others(100), others(200)]).toEqual([
    [3, 4],
    [1, 2, 7, 8, 9],
  ]);
});
