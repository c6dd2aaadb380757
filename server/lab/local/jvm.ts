/** The flags that every JVM of the lab shares, and its environment. */

import { pathToFileURL } from 'node:url';
import { classpath } from './jars.ts';
import type { Runtime } from './runtime.ts';
import { at, type Site } from './site.ts';

export const jvmFlags = (site: Site, log4j: string): string[] => [
  // The first compiler only: four JVMs and short-lived tools share a laptop's two cores.
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  // No /tmp/hsperfdata file for jps.
  '-XX:-UsePerfData',
  // A class-data archive that does not fit is passed over, and nothing is said about it: what is
  // printed is Kafka's alone.
  '-Xshare:auto',
  '-Xlog:disable',
  '-Xlog:all=error:stderr',
  // kafka1, kafka2, kafka3 and zookeeper are this machine: the guide's arguments work unchanged.
  `-Djdk.net.hosts.file=${at(site, 'config', 'hosts')}`,
  `-Dlog4j.configuration=${pathToFileURL(at(site, 'config', log4j))}`,
  // As in the image: UTF-8 and English numbers, whatever this machine's locale is. The last two
  // are what Java 17 calls them.
  '-Dfile.encoding=UTF-8',
  '-Dstdout.encoding=UTF-8',
  '-Dstderr.encoding=UTF-8',
  '-Dsun.stdout.encoding=UTF-8',
  '-Dsun.stderr.encoding=UTF-8',
  '-Duser.language=en',
  '-Duser.country=US',
];

/** Java prints a line of its own for each of these where it finds it. */
const JAVA_OPTIONS = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'];

export const jvmEnvironment = (runtime: Runtime): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    CLASSPATH: classpath(runtime.jars),
    // Arguments in Korean reach Java whole only under a UTF-8 locale; Linux always has this one.
    ...(process.platform === 'linux' && { LC_ALL: 'C.UTF-8' }),
  };
  for (const name of JAVA_OPTIONS) delete env[name];
  return env;
};
