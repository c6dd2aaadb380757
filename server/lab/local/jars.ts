/** Kafka's jars: resolved by Maven once, or those of an installed Kafka. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { LabError } from '../../errors.ts';
import { say } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { findMaven } from './java.ts';
import type { Site } from './site.ts';

const KAFKA = '3.9.1';

/** Pinned, like everything else: an unpinned plugin asks the registry which is the newest. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>lab</groupId><artifactId>lab</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-reload4j</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

export interface Jars {
  readonly folder: string;
  readonly version: string;
}

/** The jars that are there already, without looking further; `undefined` if Maven must be asked. */
export const presentJars = (site: Pick<Site, 'root' | 'kafkaHome'>): Jars | undefined => {
  if (site.kafkaHome !== undefined) return installed(site.kafkaHome);
  const folder = join(site.root, `jars-${KAFKA}`);
  return existsSync(folder) ? { folder, version: KAFKA } : undefined;
};

/**
 * Resolves them where they are missing, saying how far it is. A download that is cut leaves no
 * jars behind here, and what came whole in Maven's own cache: the next try goes on from there.
 */
export const resolveJars = async (site: Site, stdio: Stdio, abort: AbortSignal): Promise<Jars> => {
  const present = presentJars(site);
  if (present !== undefined) return present;
  const maven = await findMaven();
  const folder = join(site.root, `jars-${KAFKA}`);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const pom = join(site.root, 'pom.xml');
  writeFileSync(pom, POM);
  say(stdio, ` • Kafka ${KAFKA} jar를 받습니다. 처음 한 번만 받으며, 모두 80 MB쯤입니다.`);
  await runMaven(
    maven.path,
    ['-B', '-f', pom, COPY, `-DoutputDirectory=${part}`, '-DincludeScope=runtime'],
    stdio,
    abort,
  );
  renameSync(part, folder);
  return { folder, version: KAFKA };
};

/** For CLASSPATH: in a fixed order, since a class-data archive holds for one class path only. */
export const classpath = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(folder, name))
    .join(delimiter);

const installed = (kafkaHome: string): Jars => {
  const folder = resolve(kafkaHome, 'libs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const version = names
    .map((name) => /^kafka_2\.1[23]-([\d.]+)\.jar$/.exec(name)?.[1])
    .find(Boolean);
  if (version === undefined) {
    throw new LabError(
      'unavailable',
      `KAFKA_HOME(${kafkaHome})에서 Kafka를 찾지 못했습니다. libs 폴더가 있는 Kafka 3.9 폴더를 가리키게 하거나, KAFKA_HOME 을 지우고 다시 시도하세요.`,
    );
  }
  // 4.x has no ZooKeeper; before 3.9 several tools have other main classes.
  if (!version.startsWith('3.9.')) {
    throw new LabError(
      'unavailable',
      `KAFKA_HOME(${kafkaHome})의 Kafka는 ${version} 입니다. 이 실습은 ZooKeeper와 함께 도는 Kafka 3.9를 씁니다. Kafka 3.9를 가리키게 하거나, KAFKA_HOME 을 지우고 다시 시도하세요.`,
    );
  }
  return { folder, version };
};

const runMaven = (
  command: string,
  args: string[],
  stdio: Stdio,
  abort: AbortSignal,
): Promise<void> => {
  const whole = Promise.withResolvers<void>();
  // `mvn` is a script that starts Java: the group ends as a whole.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  abort.addEventListener('abort', end, { once: true });
  if (abort.aborted) end();

  const progress = downloads(stdio);
  let reason: string | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    progress(line);
    // The first ERROR says what happened; those after it say how to ask Maven for more.
    reason ??= /^\[ERROR\] (.+?)(?: -> \[Help 1\])?$/.exec(line)?.[1];
  });
  child.stderr.resume();
  child.once('error', whole.reject);
  child.once('close', (code) => {
    abort.removeEventListener('abort', end);
    if (code === 0) return whole.resolve();
    if (abort.aborted) return whole.reject(abort.reason);
    whole.reject(
      new LabError(
        'unavailable',
        `Kafka의 jar를 다 받지 못했습니다. 인터넷 연결을 확인하고 다시 시도하세요. 받은 것은 남아 있어 이어서 받습니다. (Maven: ${reason ?? `종료 코드 ${code}`})`,
      ),
    );
  });
  return whole.promise;
};

/** Reads Maven's `Downloaded from central: … (868 kB at 1.1 MB/s)` lines; speaks every 5 MB. */
const downloads = (stdio: Stdio): ((line: string) => void) => {
  const step = 5;
  let megabytes = 0;
  let next = step;
  return (line) => {
    const [, amount, unit] = /Downloaded from .*\(([\d.]+) (k?B|MB) at /.exec(line) ?? [];
    if (amount === undefined) return;
    megabytes += Number(amount) * (unit === 'MB' ? 1 : unit === 'kB' ? 1e-3 : 1e-6);
    if (megabytes < next) return;
    say(stdio, `   Kafka ${KAFKA} jar를 받는 중… ${Math.floor(megabytes)} MB`);
    next = (Math.floor(megabytes / step) + 1) * step;
  };
};
