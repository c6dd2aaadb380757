/** The addresses that participants open. */
import { type Address, listAddresses } from './door.ts';

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

/** The likeliest first; where there is any that a class can reach, none that it cannot. */
export const addressesOf = (
  { scheme, port, loopback, hosts }: Reach,
  machine: readonly Address[] = listAddresses(),
): string[] => {
  const found = loopback ? [] : machine.filter(({ internal }) => !internal);
  const outside = found.filter(({ on }) => !VIRTUAL.test(on));
  const offered = outside.length + hosts.length > 0 ? outside : found;
  const score = ({ address }: Address): number => (PRIVATE.test(address) ? 0 : 1);
  const sorted = offered.toSorted((left, right) => score(left) - score(right));
  const names = new Set([...hosts, ...sorted.map(({ address }) => address)]);
  if (names.size === 0) names.add('127.0.0.1');
  return [...names].map((name) => new URL(`${scheme}://${name}:${port}`).origin);
};
