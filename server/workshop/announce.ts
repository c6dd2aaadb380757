/** What the terminal says once people may come in. */
import { renderUnicodeCompact } from 'uqr';
import { isLoopbackName } from '../access.ts';
import type { Hub } from './hub.ts';

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
  // A phone that reads it would look for the hub on itself.
  const isAlone = isLoopbackName(URL.parse(first)?.hostname);
  const until = new Date(join.expiresAt).toLocaleString('ko-KR', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return [
    '',
    `수업: ${room.state.name}`,
    ...(isAlone ? [] : [renderUnicodeCompact(joinAddress(first, join.code), { border: 2 })]),
    isAlone ? '이 컴퓨터에서만 열리는 주소:' : '참가자가 열 주소:',
    ...join.addresses.map((each) => `  ${each}/workshop/`),
    `참가 코드: ${join.code} (${until}까지)`,
    ...(lan && isAlone
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

/** What the QR code leads to. */
export const joinAddress = (address: string, code: string): string =>
  `${address}/workshop/?code=${code}`;
