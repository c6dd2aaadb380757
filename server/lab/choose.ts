import { fileURLToPath } from 'node:url';
import { LabError } from '../errors.ts';
import { whoIsThere } from '../place.ts';
import { HOME } from '../settings.ts';
import { findCompose } from './docker/compose.ts';
import { findEngine } from './docker/engine.ts';
import { createDockerLab } from './docker.ts';
import type { Lab } from './lab.ts';
import { findJava } from './local/java.ts';
import { createLocalLab } from './local.ts';

/** The folder of docker-compose.yml. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The lab that `LAB` names; else that of the sidecar that runs here, since page and terminal are
 * equals; else Docker, if an engine and a compose CLI answer; else local.
 *
 * @throws LabError `usage` for a `LAB` that there is not.
 */
export const chooseLab = async (owner: 'sidecar' | 'cli'): Promise<Lab> => {
  const name = wantedLab() ?? whoIsThere(HOME)?.lab ?? ((await hasDocker()) ? 'docker' : 'local');
  return name === 'docker'
    ? createDockerLab({ root: ROOT, home: HOME, env: process.env, owner })
    : createLocalLab({ home: HOME, owner, kafkaHome: process.env.KAFKA_HOME });
};

const wantedLab = (): Lab['name'] | undefined => {
  const wanted = process.env.LAB;
  if (wanted === undefined || wanted === '') return undefined;
  if (wanted === 'docker' || wanted === 'local') return wanted;
  throw new LabError('usage', `LAB=${wanted} 실습실은 없습니다. LAB은 docker나 local입니다.`);
};

const hasDocker = async (): Promise<boolean> => {
  try {
    await Promise.all([findEngine(process.env), findCompose(process.env)]);
    return true;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return false;
  }
};

/**
 * One sentence: which lab this is, and with what.
 *
 * A machine that lacks something still gets its lab: the page reads, the sentence says what to
 * install, and so does the step that starts the cluster.
 */
export const describeLab = async (lab: Lab): Promise<string> => {
  const title = lab.name === 'docker' ? 'Docker 실습실' : '로컬 실습실';
  try {
    return `${title}: ${await (lab.name === 'docker' ? describeDocker() : describeLocal())}`;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return `${title}: 지금은 읽기만 할 수 있습니다. ${error.message}`;
  }
};

const describeDocker = async (): Promise<string> => {
  const [engine, compose] = await Promise.all([findEngine(process.env), findCompose(process.env)]);
  return `Docker ${engine.version}, Compose ${compose.version}. 컨테이너로 브로커 세 대를 띄웁니다.`;
};

const describeLocal = async (): Promise<string> => {
  const java = await findJava();
  return `Java ${java.version}. 이 컴퓨터에서 바로 Kafka 3.9 브로커 세 대를 띄웁니다.`;
};
