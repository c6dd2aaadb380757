/** What the terminal says once people may come in. */
import { renderUnicodeCompact } from 'uqr';
import { isOnlyHere } from '../loopback.ts';
import type { Hub } from './hub.ts';
import type { Join } from './presenter.ts';

export const announce = (
  {
    address,
    join,
    room,
  }: Pick<Hub, 'address' | 'join'> & {
    readonly room: { readonly state: Pick<Hub['room']['state'], 'name'> };
  },
  { lan }: { lan: boolean },
): string[] => {
  const [first = ''] = join.addresses;
  return [
    '',
    `수업: ${room.state.name}`,
    ...invite(join),
    ...(lan && isOnlyHere(first)
      ? [
          '',
          '이 컴퓨터의 네트워크 주소를 찾지 못해 다른 컴퓨터는 들어올 수 없습니다. 네트워크에 연결한 뒤 다시 시작하거나, 참가자가 쓸 주소를 --host로 적어 주세요.',
        ]
      : []),
    ...(lan
      ? []
      : ['', '지금은 이 컴퓨터에서만 들어올 수 있습니다. 교실에서는 --lan을 붙여 주세요.']),
    '',
    '강사만 여는 주소입니다. 화면에 비추거나 알려 주지 마세요.',
    ...(first.startsWith('https:')
      ? [`다른 기기에서: ${address.replace(new URL(address).origin, first)}`]
      : []),
    `Ready: ${address}`,
  ];
};

/** The code before is of no use any more. */
export const announceRenewed = (join: Join): string[] => [
  '',
  '참가 코드를 바꾸었습니다. 앞의 코드로는 들어올 수 없습니다.',
  ...invite(join),
];

const invite = ({ addresses, code, link, expiresAt }: Join): string[] => {
  const [first = ''] = addresses;
  const until = new Date(expiresAt).toLocaleString('ko-KR', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return [
    ...(isOnlyHere(first) ? [] : [renderUnicodeCompact(link, { border: 2 })]),
    isOnlyHere(first) ? '이 컴퓨터에서만 열리는 주소:' : '참가자가 열 주소:',
    ...addresses.map((each) => `  ${each}/workshop/`),
    `참가 코드: ${code} (${until}까지)`,
  ];
};
