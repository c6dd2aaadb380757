/** `npm run -s lab -- prepare`: fetches before a class what the first `up` would fetch during it. */
import { join } from 'node:path';
import { chooseLab, ROOT } from './lab/choose.ts';
import { compose } from './lab/docker/compose.ts';
import { imagesOf } from './lab/docker/images.ts';
import { makeSite } from './lab/docker/site.ts';
import type { Stdio } from './lab/lab.ts';
import { resolveJars } from './lab/local/jars.ts';
import { findJava } from './lab/local/java.ts';
import { PORTS } from './lab/local/site.ts';
import { task } from './lab/process.ts';
import { HOME } from './settings.ts';
import { connect } from './terminal.ts';

/** @throws LabError that says what is missing on this machine. */
export const prepare = async (): Promise<number> => {
  const { name } = await chooseLab('cli');
  const fetch = name === 'docker' ? pullImages : fetchJars;
  return connect((stdio) => task((abort) => fetch(stdio, abort)));
};

const say = (stdio: Stdio, line: string): void => stdio.stdout(Buffer.from(`${line}\n`));

const pullImages = async (stdio: Stdio, abort: AbortSignal): Promise<number> => {
  const site = makeSite({ root: ROOT, home: HOME, env: process.env, owner: 'cli' });
  const missing = (await imagesOf(site)).filter(({ present }) => !present);
  if (missing.length > 0) {
    // One service an image: the three brokers share theirs.
    const services = new Map(missing.map(({ image, service }) => [image, service])).values();
    const code = await compose(site, ['pull', ...services], stdio, abort);
    if (code !== 0) {
      say(
        stdio,
        '\n받지 못한 이미지가 있습니다. 인터넷 연결을 확인하고 다시 실행해 주세요. 받은 것은 남아 있습니다.\n' +
          'Docker 없이 하려면 LAB=local을 붙여 시작하세요.',
      );
      return code;
    }
  }
  const sizes = new Map((await imagesOf(site)).map(({ image, size = 0 }) => [image, size]));
  for (const [image, size] of sizes) {
    say(stdio, ` ✔ ${image}  ${Math.round(size / 1_000_000)} MB`);
  }
  say(stdio, '이제 인터넷 없이도 클러스터를 시작할 수 있습니다.');
  return 0;
};

const fetchJars = async (stdio: Stdio, abort: AbortSignal): Promise<number> => {
  const java = await findJava();
  const { KAFKA_HOME: kafkaHome } = process.env;
  const site = { owner: 'cli', ports: PORTS, kafkaHome, root: join(HOME, 'local') } as const;
  const jars = await resolveJars(site, stdio, abort);
  say(stdio, ` ✔ Java ${java.version}`);
  say(stdio, ` ✔ Kafka ${jars.version}  ${jars.folder}`);
  say(stdio, '이제 인터넷 없이도 클러스터를 시작할 수 있습니다.');
  return 0;
};
