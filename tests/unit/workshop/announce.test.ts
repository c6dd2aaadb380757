import { expect, it } from 'vitest';
import { announce, announceRenewed } from '../../../server/workshop/announce.ts';

const said = (address: string, lan: boolean): string =>
  announce(
    {
      address: 'http://127.0.0.1:4331/workshop/class/?token=x',
      join: {
        addresses: [address],
        code: 'ABCD-EFGH',
        link: 'http://192.168.0.7:4330/workshop/?code=x',
        expiresAt: 0,
        shut: null,
      },
      room: { state: { name: '1반' } },
    },
    { lan },
  ).join('\n');

const QR = /[█▀▄]/;

it('has an address for participants, and its QR code', () => {
  const lines = said('http://192.168.0.7:4330', true);
  expect(lines).toContain('참가자가 열 주소:\n  http://192.168.0.7:4330/workshop/');
  expect(lines).toMatch(QR);
  expect(lines).not.toContain('들어올 수');
});

it('says where no network was found that only this machine can join', () => {
  const lines = said('http://127.0.0.1:4330', true);
  expect(lines).toContain('네트워크 주소를 찾지 못해');
  expect(lines).not.toContain('참가자가 열 주소');
  expect(lines).not.toMatch(QR);
});

it('says where others were not let in how to do that', () => {
  const lines = said('http://127.0.0.1:4330', false);
  expect(lines).toContain('--lan을 붙여');
  expect(lines).not.toContain('찾지 못해');
});

it('says by which code people come in from now on', () => {
  const join = {
    addresses: ['http://192.168.0.7:4330'],
    code: 'WXYZ-2345',
    link: 'http://192.168.0.7:4330/workshop/?code=x',
    expiresAt: 0,
    shut: null,
  };
  const lines = announceRenewed(join).join('\n');
  expect(lines).toContain('앞의 코드로는 들어올 수 없습니다');
  expect(lines).toContain('참가 코드: WXYZ-2345');
  expect(lines).toMatch(QR);
});
