/**
 * `npm run images`: builds the images of docker-compose.yml where none can be pulled, from Debian
 * packages and Maven's jars. Needs Linux, root, debootstrap and a Docker engine; about a minute.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOOLS } from '../server/lab/lab.ts';
import { resolveJars } from '../server/lab/local/jars.ts';
import { PORTS } from '../server/lab/local/site.ts';
import { MAIN_CLASS } from '../server/lab/main-classes.ts';
import { HOME } from '../server/settings.ts';

const RECIPE = fileURLToPath(new URL('../images/', import.meta.url));

/** Kafka's own version, by which the images are named. */
const KAFKA = 'lab/kafka:3.9.1';
const UI_STAND_IN = 'lab/kafka-ui-stand-in:1';
const BASE = 'lab/debian-java';

/** @throws with the command that failed; its own words are on stderr already. */
const run = (command: string, args: readonly string[], input?: string): void => {
  const { status, error } = spawnSync(command, args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'inherit', 'inherit'],
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(' ')} 명령이 실패했습니다.`, { cause: error });
  }
};

const buildBase = (scratch: string): void => {
  const root = join(scratch, 'root');
  console.log('1/3 데비안과 Java를 모읍니다…');
  run('debootstrap', ['--variant=minbase', '--include=openjdk-17-jre-headless', 'bookworm', root]);
  const archive = join(scratch, 'root.tar');
  run('tar', ['-C', root, '-cf', archive, '.']);
  run('docker', ['import', archive, BASE]);
};

const buildKafka = (scratch: string, jars: string): void => {
  const context = join(scratch, 'context');
  cpSync(RECIPE, context, { recursive: true });
  cpSync(jars, join(context, 'jars'), { recursive: true, dereference: true });
  for (const tool of TOOLS) {
    const wrapper = join(context, 'bin', tool);
    writeFileSync(wrapper, `#!/bin/bash\nexec kafka-run-class ${MAIN_CLASS[tool]} "$@"\n`);
    chmodSync(wrapper, 0o755);
  }
  run('docker', ['build', '-q', '-t', KAFKA, context]);
};

const scratch = mkdtempSync(join(tmpdir(), 'lab-images-'));
try {
  buildBase(scratch);
  console.log('2/3 Kafka의 jar를 모읍니다…');
  const write = (bytes: Uint8Array): boolean => process.stdout.write(bytes);
  const jars = await resolveJars(
    {
      owner: 'cli',
      ports: PORTS,
      kafkaHome: process.env.KAFKA_HOME || undefined,
      root: join(HOME, 'local'),
    },
    { stdout: write, stderr: write, size: undefined },
    new AbortController().signal,
  );
  console.log('3/3 이미지를 만듭니다…');
  buildKafka(scratch, jars.folder);
  run(
    'docker',
    ['build', '-q', '-t', UI_STAND_IN, '-'],
    `FROM ${BASE}\nCMD ["sleep", "infinity"]\n`,
  );
  console.log(`
다음 변수와 함께 시작하세요. kafka-ui-stand-in은 Kafka UI가 아니라 자리만 채우는 빈 컨테이너입니다.

  export KAFKA_IMAGE=${KAFKA} ZOOKEEPER_IMAGE=${KAFKA} KAFKA_UI_IMAGE=${UI_STAND_IN}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
