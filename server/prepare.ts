/** `npm run -s lab -- prepare`: fetches before a class what the first `up` would fetch during it. */
import { join } from 'node:path';
import { chooseLab, ROOT } from './lab/choose.ts';
import { imagesOf } from './lab/docker/images.ts';
import { cannotPull, pullMissing } from './lab/docker/pull.ts';
import { makeSite, SERVICES } from './lab/docker/site.ts';
import { complain, say } from './lab/korean.ts';
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

const READY = '이제 인터넷 없이도 클러스터를 시작할 수 있습니다.';

const pullImages = async (stdio: Stdio, abort: AbortSignal): Promise<number> => {
  const site = makeSite({ root: ROOT, home: HOME, env: process.env, owner: 'cli' });
  const lacking = await pullMissing(site, SERVICES, stdio, abort);
  for (const { image, size = 0 } of await imagesOf(site)) {
    if (size > 0) say(stdio, ` ✔ ${image}  ${Math.round(size / 1_000_000)} MB`);
  }
  if (lacking.length > 0) {
    complain(stdio, `\n${cannotPull(lacking)}`);
    return 1;
  }
  say(stdio, READY);
  return 0;
};

const fetchJars = async (stdio: Stdio, abort: AbortSignal): Promise<number> => {
  const java = await findJava();
  const kafkaHome = process.env.KAFKA_HOME || undefined;
  const site = { owner: 'cli', ports: PORTS, kafkaHome, root: join(HOME, 'local') } as const;
  const jars = await resolveJars(site, stdio, abort);
  say(stdio, ` ✔ Java ${java.version}`);
  say(stdio, ` ✔ Kafka ${jars.version}  ${jars.folder}`);
  say(stdio, READY);
  return 0;
};
