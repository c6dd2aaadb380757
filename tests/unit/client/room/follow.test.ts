import { expect, it } from 'vitest';
import { createFollower } from '../../../../src/client/room/follow.ts';
import { readCode, readHubAddress } from '../../../../src/client/room/hub-address.ts';
import type { Following } from '../../../../src/client/room/membership.ts';
import { memory } from './fake-hub.ts';

const place = (step: string) => ({ chapter: 'topics', step: `topics/${step}` });

const openTab = (slot = memory<Following>()) => {
  const gone: string[] = [];
  const open = (isAtHead = false) =>
    createFollower(slot, {
      isAtHead: () => isAtHead,
      go: ({ step }, now) => void gone.push(`${now ? 'go' : 'mark'} ${step}`),
      handleChange: () => {},
    });
  return { gone, open, slot };
};

it('goes along once for each move, also across pages', () => {
  const { gone, open } = openTab(memory<Following>({ on: true, moves: null }));
  const first = open();
  first.handleView({ place: place('list'), moves: 1 });
  // News of something else.
  first.handleView({ place: place('list'), moves: 1 });
  // The page that it went to.
  const second = open();
  second.handleView({ place: place('list'), moves: 1 });
  // "All here" again, to the same place.
  second.handleView({ place: place('list'), moves: 2 });
  expect(gone).toEqual([
    'go topics/list',
    'mark topics/list',
    'mark topics/list',
    'go topics/list',
  ]);
});

it('leaves its reader alone who wants that, and takes them there when they want it again', () => {
  const { gone, open } = openTab();
  const tab = open();
  tab.handleView({ place: null, moves: 0 });
  tab.set(false);
  tab.handleView({ place: place('list'), moves: 1 });
  const next = open();
  expect(next.on).toBe(false);
  next.handleView({ place: place('describe'), moves: 2 });
  expect(gone).toEqual(['mark topics/list', 'mark topics/describe']);
  next.set(true);
  expect(gone.at(-1)).toBe('go topics/describe');
  next.handleView({ place: place('list'), moves: 3 });
  expect(gone.at(-1)).toBe('go topics/list');
});

it('takes a reader along who comes to the head of the page, once, and not who reads alone', () => {
  const { gone, open } = openTab();
  open().handleView({ place: place('list'), moves: 5 });
  const page = open(true);
  page.handleView({ place: place('list'), moves: 5 });
  page.handleView({ place: place('list'), moves: 5 });
  page.set(false);
  open(true).handleView({ place: place('list'), moves: 5 });
  expect(gone).toEqual([
    'mark topics/list',
    'go topics/list',
    'mark topics/list',
    'mark topics/list',
  ]);
});

it('stays where a tab was opened while the class goes on, until the next move', () => {
  const { gone, open } = openTab();
  const tab = open();
  tab.handleView({ place: place('list'), moves: 5 });
  tab.handleView({ place: place('describe'), moves: 6 });
  expect(gone).toEqual(['mark topics/list', 'go topics/describe']);
});

it.each([
  ['http://192.168.0.7:4330', 'http://192.168.0.7:4330', undefined, undefined],
  ['  192.168.0.7:4330 ', 'http://192.168.0.7:4330', undefined, undefined],
  [
    'http://192.168.0.7:4330/workshop/?code=ABCD-EFGH',
    'http://192.168.0.7:4330',
    undefined,
    'ABCD-EFGH',
  ],
  [
    `http://127.0.0.1:4331/workshop/class/?token=${'t'.repeat(43)}`,
    'http://127.0.0.1:4331',
    't'.repeat(43),
    undefined,
  ],
])('%s is an address', (typed, hub, token, code) => {
  expect(readHubAddress(typed)).toEqual({ hub, token, code });
});

it.each(['', 'hello there', 'http://', 'http://user@host/'])('%j is none', (typed) => {
  expect(readHubAddress(typed)).toBeUndefined();
});

it('takes a code as it is read off a wall', () => {
  expect(readCode(' abcd-efgh ')).toBe('ABCDEFGH');
  expect(readCode('abcd oil0')).toBe('ABCD0110');
  expect(readCode('ABCD-EFG')).toBeUndefined();
  expect(readCode('ABCD-EFGU')).toBeUndefined();
});
