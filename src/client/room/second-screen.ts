/**
 * The presenter's lab beside one's own: a page that the hub serves, to the same person. Its address holds
 * who that is after the `#`, which no browser sends anywhere.
 */
import type { Participation } from './membership.ts';

export interface SecondScreen {
  readonly who: Participation;
  /** The page to go to. */
  readonly path: string;
}

/** @param path of the page beside which it is. */
export const secondScreenOf = (
  { hub, token, nickname }: Pick<Participation, 'hub' | 'token' | 'nickname'>,
  path: string,
): string => `${hub}/workshop/#${new URLSearchParams({ as: token, nickname, path })}`;

/** `undefined` where it is no such address. */
export const readSecondScreen = (hash: string, now: number): SecondScreen | undefined => {
  const given = new URLSearchParams(hash.slice(1));
  const [token = '', nickname = '', path = ''] = ['as', 'nickname', 'path'].map(
    (name) => given.get(name) ?? '',
  );
  const isWhole = /^[\w-]{43}$/.test(token) && nickname !== '' && nickname.length <= 20;
  // A page of this site, and no other.
  if (!isWhole || !/^\/([a-z0-9-]+\/)*$/.test(path)) return undefined;
  return { who: { hub: '', token, nickname, joinedAt: now }, path };
};
