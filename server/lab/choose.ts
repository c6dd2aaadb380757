import { fileURLToPath } from 'node:url';
import { LabError } from '../errors.ts';
import { whoIsThere } from '../place.ts';
import { HOME } from '../settings.ts';
import { findCompose } from './docker/compose.ts';
import { findEngine } from './docker/engine.ts';
import { createDockerLab } from './docker.ts';
import type { Lab, Owner } from './lab.ts';
import { findJava } from './local/java.ts';
import { createLocalLab } from './local.ts';

/** The folder of docker-compose.yml. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The lab that `LAB` names; else that of the sidecar that runs here, since page and terminal are
 * equals; else local, if that has a cluster; else Docker, if an engine and a compose CLI answer; else
 * local.
 *
 * @throws LabError `usage` for a `LAB` that there is not.
 */
export const chooseLab = async (owner: Owner): Promise<Lab> => {
  const known = wantedLab() ?? whoIsThere(HOME)?.lab;
  if (known !== undefined) return makeLab(known, owner);
  const local = makeLab('local', owner);
  const containers = await local.containers();
  if (containers.some(({ state }) => state !== 'absent')) return local;
  return (await hasDocker()) ? makeLab('docker', owner) : local;
};

/** The lab that `LAB` names, else every lab that can be reached on this machine. */
export const allLabs = async (owner: Owner): Promise<readonly Lab[]> => {
  const wanted = wantedLab();
  if (wanted !== undefined) return [makeLab(wanted, owner)];
  return [makeLab('local', owner), ...((await hasDocker()) ? [makeLab('docker', owner)] : [])];
};

const makeLab = (name: Lab['name'], owner: Owner): Lab =>
  name === 'docker'
    ? createDockerLab({ root: ROOT, home: HOME, env: process.env, owner })
    : createLocalLab({ home: HOME, owner, kafkaHome: process.env.KAFKA_HOME || undefined });

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

/** Which lab this is, and with what. */
export interface LabDescription {
  /** One sentence. */
  readonly text: string;
  /** What this machine lacks for it, and what to install: until then, pages play recordings. */
  readonly missing: string | null;
}

export const describeLab = async (lab: Lab): Promise<LabDescription> => {
  const title = titleOf(lab);
  try {
    const text = await (lab.name === 'docker' ? describeDocker() : describeLocal());
    return { text: `${title}: ${text}`, missing: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const { message } = error;
    return { text: `${title}: 지금은 읽고 녹화를 볼 수만 있습니다. ${message}`, missing: message };
  }
};

/** What the lab lacks: asked for again until nothing is, since it may be installed, or started, meanwhile. */
export const watchMissing = (lab: Lab, first: string | null): (() => Promise<string | null>) => {
  let missing = first;
  return async () => {
    if (missing !== null) missing = (await describeLab(lab)).missing;
    return missing;
  };
};

export const titleOf = ({ name }: Lab): string =>
  name === 'docker' ? 'Docker 실습실' : '로컬 실습실';

const describeDocker = async (): Promise<string> => {
  const [engine, compose] = await Promise.all([findEngine(process.env), findCompose(process.env)]);
  return `Docker ${engine.version}, Compose ${compose.version}. 컨테이너로 브로커 세 대를 띄웁니다.`;
};

const describeLocal = async (): Promise<string> => {
  const java = await findJava();
  return `Java ${java.version}. 이 컴퓨터에서 바로 Kafka 3.9 브로커 세 대를 띄웁니다.`;
};
