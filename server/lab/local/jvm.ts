/** The flags that every JVM of the lab shares, and its environment. */

import { pathToFileURL } from 'node:url';
import { LIGHT_FLAGS, LOCALE_FLAGS } from '../light.ts';
import { classpath } from './jars.ts';
import type { Runtime } from './runtime.ts';
import { at, type Site } from './site.ts';

export const jvmFlags = (site: Site, log4j: string): string[] => [
  ...LIGHT_FLAGS,
  // kafka1, kafka2, kafka3 and zookeeper are this machine: the guide's arguments work unchanged.
  `-Djdk.net.hosts.file=${at(site, 'config', 'hosts')}`,
  `-Dlog4j.configuration=${pathToFileURL(at(site, 'config', log4j))}`,
  ...LOCALE_FLAGS,
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
