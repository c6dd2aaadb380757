import { describe, expect, it } from 'vitest';
import { readSecondScreen, secondScreenOf } from '../../../../src/client/room/second-screen.ts';

const token = 'a'.repeat(43);
const who = { hub: 'http://192.168.0.7:4330', token, nickname: '하나 & 둘' };

describe('the address of a second screen', () => {
  it('leads the same person to the same chapter, on the hub', () => {
    const url = new URL(secondScreenOf(who, '/topics/'));
    expect(url.origin).toBe(who.hub);
    expect(readSecondScreen(url.hash, 7)).toEqual({
      who: { hub: '', token, nickname: who.nickname, joinedAt: 7 },
      path: '/topics/',
    });
  });

  it('tells no server who that is', () => {
    const { pathname, search } = new URL(secondScreenOf(who, '/topics/'));
    expect(pathname + search).not.toContain(token);
  });

  it.each(['//evil.example/', 'https://evil.example/', 'javascript:alert(1)', '/../x', '/topics'])(
    'leads nowhere else: %s',
    (path) => {
      const { hash } = new URL(secondScreenOf(who, path));
      expect(readSecondScreen(hash, 0)).toBeUndefined();
    },
  );

  it('is no address without a person', () => {
    expect(readSecondScreen('', 0)).toBeUndefined();
    expect(readSecondScreen('#overview', 0)).toBeUndefined();
  });
});
