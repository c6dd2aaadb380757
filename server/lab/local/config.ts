/** The configuration files of ZooKeeper, the brokers and the tools. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { BROKERS, type Broker, brokerId, CONTAINERS } from '../lab.ts';
import { at, type Site } from './site.ts';

export const writeConfig = (site: Site): void => {
  mkdirSync(at(site, 'config'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(at(site, 'config', name), text);
  write('hosts', `127.0.0.1 localhost ${CONTAINERS.join(' ')}\n`);
  write('log4j.properties', log4j('INFO', 'System.out') + QUIET_ZOOKEEPER);
  write('tools-log4j.properties', log4j('WARN', 'System.err'));
  write('zookeeper.properties', zookeeper(site));
  for (const broker of BROKERS) write(`${broker}.properties`, server(site, broker));
};

/** The pattern and the levels of Kafka's own files. */
const log4j = (level: 'INFO' | 'WARN', target: 'System.out' | 'System.err'): string => `\
log4j.rootLogger=${level}, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.Target=${target}
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=[%d] %p %m (%c)%n
`;

/** It would note each "dump" that this lab asks of it. */
const QUIET_ZOOKEEPER = 'log4j.logger.org.apache.zookeeper.server.NIOServerCnxn=WARN\n';

/** Java reads properties as Latin-1 with escapes: a home folder may have a Korean name. */
const escaped = (path: string): string =>
  path.replaceAll(/[^ -~]|\\/g, (unit) =>
    unit === '\\' ? '\\\\' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const zookeeper = (site: Site): string => `\
dataDir=${escaped(at(site, 'data', 'zookeeper'))}
clientPort=${site.ports.zookeeper}
clientPortAddress=127.0.0.1
maxClientCnxns=0
tickTime=2000
# The admin server would take port 8080.
admin.enableServer=false
# "dump" lists who is registered: a broker that was killed must not start again before its old
# session has expired.
4lw.commands.whitelist=srvr, dump
`;

const server = (site: Site, broker: Broker): string => {
  const { external, internal } = site.ports.brokers[broker];
  return `\
broker.id=${brokerId(broker)}
log.dirs=${escaped(at(site, 'data', broker))}
zookeeper.connect=zookeeper:${site.ports.zookeeper}

# Both names are 127.0.0.1 here: nothing listens to the network.
listeners=INTERNAL://${broker}:${internal},EXTERNAL://localhost:${external}
listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT
inter.broker.listener.name=INTERNAL

# The cluster of the guide: offsets and transactions survive a broker, topics are made by hand.
offsets.topic.replication.factor=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
auto.create.topics.enable=false
# A group of one learner need not wait 3 s for more members.
group.initial.rebalance.delay.ms=0

# Small enough for a laptop: the cleaner's default alone (128 MB) would fill the heap of 192 MB,
# and 50 partitions of offsets, each on three brokers, cost seconds at the first consumer.
log.cleaner.dedupe.buffer.size=4194304
offsets.topic.num.partitions=3
transaction.state.log.num.partitions=3
num.network.threads=2
num.io.threads=2

# Three brokers that stop at once have nobody to hand their partitions to: with the default of
# 5 s between the tries, "down" takes 12 s.
controlled.shutdown.retry.backoff.ms=1000
`;
};
