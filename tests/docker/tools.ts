/** Tools that tests run in a broker's container, and what runs there. */
import { BROKERS } from '../../server/lab/lab.ts';
import { docker } from './docker-home.ts';

type Broker = (typeof BROKERS)[number];

/** The address by which the containers know each other. */
export const bootstrapOf = (broker: Broker): string =>
  `${broker}:${29092 + BROKERS.indexOf(broker)}`;

/** A tool that runs until it is ended. */
export const idle = (broker: Broker) =>
  ({
    tool: 'kafka-console-consumer',
    args: ['--bootstrap-server', bootstrapOf(broker), '--topic', 'nowhere'],
    interactive: false,
    tty: false,
  }) as const;

export const list = (broker: Broker) =>
  ({
    tool: 'kafka-topics',
    args: ['--bootstrap-server', bootstrapOf(broker), '--list'],
    interactive: false,
    tty: false,
  }) as const;

/** The pids and command lines of a container's processes. */
export const commandsIn = (container: string): Promise<string> =>
  docker('top', container, '-o', 'pid,args');
