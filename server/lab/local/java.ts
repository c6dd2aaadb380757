/** The machine's own tools: Java 17 or newer, and Maven. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { LabError } from '../../errors.ts';

const run = promisify(execFile);

export interface Found {
  /** Absolute. */
  readonly path: string;
  /** `17.0.15`, as it names itself. */
  readonly version: string;
}

/** Class-data archives of one's own (JEP 350) came in 13; 17 is the oldest release still kept up. */
const OLDEST_JAVA = 17;

const INSTALL_JAVA =
  'macOS: brew install --cask temurin@21 / Ubuntu·WSL2: sudo apt install openjdk-17-jre-headless';
const INSTALL_MAVEN = 'macOS: brew install maven / Ubuntu·WSL2: sudo apt install maven';

/** `JAVA_HOME`'s, else the first on PATH. Throws a LabError that says what to install. */
export const findJava = async (env: NodeJS.ProcessEnv = process.env): Promise<Found> => {
  const { JAVA_HOME: home } = env;
  const path =
    (home ? await executable(join(home, 'bin', 'java')) : undefined) ?? (await onPath('java', env));
  // macOS has a /usr/bin/java that only says that there is none, and fails.
  const output = path === undefined ? undefined : await outputOf(path, ['-version'], env);
  const version = /version "([^"]+)"/.exec(output ?? '')?.[1];
  if (path === undefined || version === undefined) {
    throw new LabError(
      'unavailable',
      `Java를 찾지 못했습니다. Java ${OLDEST_JAVA} 이상을 설치한 뒤 다시 시도하세요. (${INSTALL_JAVA})`,
    );
  }
  if (majorOf(version) < OLDEST_JAVA) {
    throw new LabError(
      'unavailable',
      `찾은 Java는 ${version} 입니다(${path}). Java ${OLDEST_JAVA} 이상이 필요합니다. 설치한 뒤 JAVA_HOME 이 새 Java를 가리키게 하고 다시 시도하세요. (${INSTALL_JAVA})`,
    );
  }
  return { path, version };
};

/** `MAVEN_HOME`'s, else the first on PATH. Throws a LabError that says what to install. */
export const findMaven = async (env: NodeJS.ProcessEnv = process.env): Promise<Found> => {
  const { MAVEN_HOME: home } = env;
  const path =
    (home ? await executable(join(home, 'bin', 'mvn')) : undefined) ?? (await onPath('mvn', env));
  const output = path === undefined ? undefined : await outputOf(path, ['-version'], env);
  const version = /Apache Maven (\d[\w.-]*)/.exec(output ?? '')?.[1];
  if (path === undefined || version === undefined) {
    throw new LabError(
      'unavailable',
      `Maven을 찾지 못했습니다. Kafka의 jar를 처음 한 번 받을 때 필요합니다. 설치한 뒤 다시 시도하거나, 이미 설치된 Kafka 3.9가 있으면 KAFKA_HOME 으로 알려 주세요. (${INSTALL_MAVEN})`,
    );
  }
  return { path, version };
};

/** 17 of `17.0.15`, 8 of `1.8.0_392`. */
const majorOf = (version: string): number => {
  const [first = '0', second = '0'] = version.split(/[._-]/);
  return Number(first === '1' ? second : first);
};

const onPath = async (name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const { PATH = '' } = env;
  for (const folder of PATH.split(delimiter)) {
    const found = folder === '' ? undefined : await executable(join(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
};

const executable = (path: string): Promise<string | undefined> =>
  access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );

/** Both streams: Java writes its version to stderr, Maven to stdout. `undefined` when it fails. */
const outputOf = (
  path: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> =>
  run(path, args, { env, timeout: 20_000 }).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => undefined,
  );
