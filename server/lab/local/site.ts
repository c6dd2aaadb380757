/** Where one local lab lives: its folder, its ports, and who acts on it. */
import { join } from 'node:path';
import { type Broker, type Container, isBroker, type Owner } from '../lab.ts';

export interface Ports {
  readonly zookeeper: number;
  readonly brokers: Readonly<Record<Broker, BrokerPorts>>;
}

export interface BrokerPorts {
  /** Between brokers, and what the guide's commands name: `kafka1:29092`. */
  readonly internal: number;
  /** For programs on this machine: `localhost:9092`. */
  readonly external: number;
}

/** The guide's own ports. */
export const PORTS: Ports = {
  zookeeper: 2181,
  brokers: {
    kafka1: { internal: 29092, external: 9092 },
    kafka2: { internal: 29093, external: 9093 },
    kafka3: { internal: 29094, external: 9094 },
  },
};

export interface Site {
  readonly owner: Owner;
  readonly ports: Ports;
  /** An installed Kafka to use instead of jars from Maven. */
  readonly kafkaHome: string | undefined;
  /** All of it lies in here; deleting it resets everything. */
  readonly root: string;
}

/** Everything has one place: `at(site, 'logs', 'kafka1.log')`. */
export const at = (
  site: Site,
  room: 'archives' | 'config' | 'containers' | 'data' | 'logs',
  ...names: string[]
): string => join(site.root, room, ...names);

export const portsOf = (site: Pick<Site, 'ports'>, container: Container): readonly number[] => {
  if (!isBroker(container)) return [site.ports.zookeeper];
  const { external, internal } = site.ports.brokers[container];
  return [external, internal];
};
