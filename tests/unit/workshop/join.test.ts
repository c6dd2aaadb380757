import { expect, it } from 'vitest';
import { addressesOf, type Reach } from '../../../server/workshop/join.ts';

const REACH: Reach = { scheme: 'http', port: 4330, loopback: false, hosts: [] };
const at = (on: string, address: string, internal = false) => ({ on, address, internal });
const LOOPBACK = at('lo', '127.0.0.1', true);
const BRIDGES = [
  at('docker0', '172.17.0.1'),
  at('br-5e0f', '172.18.0.1'),
  at('veth1a', '169.254.3.1'),
  at('virbr0', '192.168.122.1'),
];

it('offers a class the networks of its room, and none inside this machine', () => {
  const found = [LOOPBACK, ...BRIDGES, at('eth0', '203.0.113.7'), at('wlan0', '192.168.0.7')];
  expect(addressesOf(REACH, found)).toEqual(['http://192.168.0.7:4330', 'http://203.0.113.7:4330']);
});

it('offers one inside this machine where there is no other, or where its user names it', () => {
  const bridges = [LOOPBACK, ...BRIDGES];
  expect(addressesOf(REACH, bridges)).toHaveLength(BRIDGES.length);
  const named = (...hosts: string[]) => ({ ...REACH, hosts });
  expect(addressesOf(named('class.test'), bridges)).toEqual(['http://class.test:4330']);
  const all = [...bridges, at('wlan0', '192.168.0.7')];
  expect(addressesOf(named('172.18.0.1', '192.168.0.7'), all)).toEqual([
    'http://172.18.0.1:4330',
    'http://192.168.0.7:4330',
  ]);
});

it('offers only this machine where it is led for itself', () => {
  expect(addressesOf({ ...REACH, loopback: true }, [LOOPBACK, at('eth0', '10.0.0.2')])).toEqual([
    'http://127.0.0.1:4330',
  ]);
});
