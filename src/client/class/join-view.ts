/** How people come in, and who is there. */
import { isOnlyHere } from '../../../server/loopback.ts';
import type { Join } from '../../../server/workshop/presenter.ts';
import { dashboard, join as strings } from '../../strings/class.ts';
import { copyText } from '../copy.ts';
import { setText } from '../keep.ts';
import { countThere } from './away.ts';
import { part } from './parts.ts';
import { drawQr } from './qr.ts';
import { createSurely } from './surely.ts';
import type { Desk, View } from './view.ts';

/** As people read it out: the scheme goes without saying. */
export const spoken = (address: string): string => address.replace(/^http:\/\//, '');

/** How people come in, for styles: where others cannot, there is no code to scan. */
export const showReach = (root: HTMLElement, { addresses: [first = ''] }: Join): boolean =>
  root.toggleAttribute('data-only-here', isOnlyHere(first));

/** Milliseconds for which is said what was done. */
const SAID = 6_000;

export const createJoinView = (root: HTMLElement, desk: Desk): View => {
  let link = '';
  let code = '';
  const said = part(root, 'copied');
  let ends: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string): void => {
    clearTimeout(ends);
    setText(said, text);
    ends = setTimeout(() => setText(said, ''), SAID);
  };
  part(root, 'copy').addEventListener('click', async () => {
    // Done again, it is said again.
    say('');
    say((await copyText(link)) ? strings.copied : strings.copyFailed);
  });
  const renew = createSurely(strings.renew, () => desk.renewCode());
  part(root, 'tools').append(renew.element);
  return {
    render: (known, at) => {
      const { join, room } = known;
      link = join.link;
      if (code !== '' && code !== join.code) say(strings.renewed);
      code = join.code;
      drawQr(part<SVGSVGElement>(root, 'qr'), link);
      setText(part(root, 'only-here'), showReach(root, join) ? strings.onlyHere : '');
      setText(part(root, 'code'), join.code);
      const [address = '', ...others] = join.addresses.map((each) => `${spoken(each)}/workshop/`);
      setText(part(root, 'address'), address);
      setText(part(root, 'others'), others.length === 0 ? '' : strings.others(others));
      const all = Object.keys(room.participants).length;
      setText(part(root, 'people'), dashboard.people(countThere(known, at), all));
      const { expiresAt, shut } = join;
      const expires = expiresAt > at ? strings.expires(new Date(expiresAt)) : strings.expired;
      setText(part(root, 'expires'), expires);
      setText(part(root, 'shut'), shut !== null && shut.until > at ? strings.shut(shut) : '');
    },
  };
};
