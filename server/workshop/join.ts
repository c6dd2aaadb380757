/** The addresses that participants open. */
import { listAddresses } from './door.ts';

/** Networks inside this machine: of containers and virtual machines, not of the room. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|bridge|cni|flannel|utun|tun|tap|lxc|podman)/;

/** Of networks at home, in a school, in a company. */
const PRIVATE = /^(192\.168\.|10\.|172\.(1[6-9]|2\d|3[01])\.)/;

export interface Reach {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Only this machine's own browsers get here. */
  readonly loopback: boolean;
  /** Names that its user has given. */
  readonly hosts: readonly string[];
}

/** The likeliest first. */
export const addressesOf = ({ scheme, port, loopback, hosts }: Reach): string[] => {
  const found = listAddresses().filter(({ internal }) => !internal);
  const score = ({ on, address }: { on: string; address: string }): number =>
    (VIRTUAL.test(on) ? 2 : 0) + (PRIVATE.test(address) ? 0 : 1);
  const sorted = found.toSorted((left, right) => score(left) - score(right));
  const names = [...hosts, ...(loopback ? [] : sorted.map(({ address }) => address))];
  if (names.length === 0) names.push('127.0.0.1');
  return names.map((name) => new URL(`${scheme}://${name}:${port}`).origin);
};
