/**
 * `npm run -s lab -- doctor` and `GET /api/doctor`: what this machine has for the lab, what it lacks,
 * and what to do.
 */
import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { LabError } from './errors.ts';
import { chooseLab, ROOT, titleOf } from './lab/choose.ts';
import { findCompose } from './lab/docker/compose.ts';
import { census } from './lab/docker/containers.ts';
import { findEngine } from './lab/docker/engine.ts';
import { imagesOf } from './lab/docker/images.ts';
import { PORTS as DOCKER_PORTS, makeSite } from './lab/docker/site.ts';
import { refuseStrangers } from './lab/docker/strangers.ts';
import { CONTAINERS, type ContainerState, type Lab } from './lab/lab.ts';
import { presentJars } from './lab/local/jars.ts';
import { findJava, findMaven } from './lab/local/java.ts';
import { PORTS as LOCAL_PORTS, portsOf } from './lab/local/site.ts';
import { takenPorts } from './lab/ports.ts';
import { whoIsThere } from './place.ts';
import type { Diagnosis, Finding } from './protocol.ts';
import { HOME } from './settings.ts';

type Check = readonly [kind: string, name: string, attempt: () => Promise<string>];

/** Prints a line a finding; 0 when the lab can start, 1 when something is missing for it. */
export const doctor = async (print: (line: string) => void): Promise<number> => {
  const lab = await chooseLab('cli');
  print(`${titleOf(lab)}로 시작합니다.\n`);
  const { needed, other } = await diagnose(lab);
  for (const { good, text } of needed) print(`${good ? '✔' : '✘'} ${text}`);
  print(`\n${lab.name === 'docker' ? '로컬' : 'Docker'} 실습실도 쓰려면 (없어도 됩니다):`);
  for (const { good, text } of other) print(`${good ? '✔' : '–'} ${text}`);
  return needed.every(({ good }) => good) ? 0 : 1;
};

export const diagnose = async (lab: Lab): Promise<Diagnosis> => {
  const [own, others] =
    lab.name === 'docker' ? [dockerChecks, localChecks] : [localChecks, dockerChecks];
  const common: readonly Check[] = [
    ['node', 'Node.js', async () => process.versions.node],
    ['memory', '메모리', describeMemory],
    ['disk', '디스크', describeDisk],
    ['ports', '포트', () => describePorts(lab)],
    ['cluster', '클러스터', () => describeCluster(lab)],
    ['sidecar', 'npm start', async () => describeSidecar()],
  ];
  const needed = await look([...own, ...common]);
  return { lab: lab.name, needed, other: await look(others) };
};

/** What goes wrong for one reason, as an engine that is off, is explained once. */
const look = async (checks: readonly Check[]): Promise<Finding[]> => {
  const results = await Promise.allSettled(checks.map(([, , attempt]) => attempt()));
  /** The kind of the first, by what went wrong. */
  const explained = new Map<string, string>();
  return checks.map(([kind, name], index) => {
    const result = results[index];
    if (result?.status === 'fulfilled')
      return { kind, good: true, text: `${name}: ${result.value}` };
    const error: unknown = result?.reason;
    if (!(error instanceof LabError)) throw error;
    const before = explained.get(error.message);
    if (before !== undefined) {
      const text = `${name}: 위와 같은 까닭으로 알 수 없습니다.`;
      return { kind: before, good: false, text };
    }
    explained.set(error.message, kind);
    return { kind, good: false, text: error.message };
  });
};

const described = ({ version, path }: { version: string; path: string }): string =>
  `${version} (${path})`;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

const findKafka = async (): Promise<string> => {
  const root = join(HOME, 'local');
  const present = presentJars({ root, kafkaHome: process.env.KAFKA_HOME || undefined });
  if (present !== undefined) return described({ version: present.version, path: present.folder });
  return `처음 시작할 때 받습니다(80 MB쯤). Maven ${described(await findMaven())}`;
};

const localChecks: readonly Check[] = [
  ['java', 'Java', async () => described(await findJava())],
  ['kafka', 'Kafka', findKafka],
];

const describeEngine = async (): Promise<string> => {
  const { version, host } = await findEngine(process.env);
  return described({ version, path: host });
};

const describeCompose = async (): Promise<string> => {
  const { version, command, args } = await findCompose(process.env);
  return described({ version, path: [command, ...args].join(' ') });
};

const dockerSite = () => makeSite({ root: ROOT, home: HOME, env: process.env, owner: 'cli' });

const describeNames = async (): Promise<string> => {
  refuseStrangers(await census(dockerSite()));
  return '모두 비어 있거나 이 실습실의 것';
};

const describeImages = async (): Promise<string> => {
  const site = dockerSite();
  return (await imagesOf(site))
    .map(({ image, size }) => `${image} ${size === undefined ? '(받아야 함)' : megabytes(size)}`)
    .join(', ');
};

const dockerChecks: readonly Check[] = [
  ['engine', 'Docker 엔진', describeEngine],
  ['compose', 'Compose', describeCompose],
  ['images', '이미지', describeImages],
  ['container-name', '컨테이너 이름', describeNames],
];

/** Four JVMs of about 150 MB, and some air. */
const LEAST_MEMORY = 700_000_000;
/** Jars or images, and some data. */
const LEAST_DISK = 2_000_000_000;

const describeMemory = async (): Promise<string> => {
  const free = freemem();
  if (free > LEAST_MEMORY) return `${megabytes(free)} 남음`;
  throw new LabError(
    'unavailable',
    `메모리가 모자랍니다. ${megabytes(free)}만 남아 있습니다. ${megabytes(LEAST_MEMORY)}는 있어야 하니 쓰지 않는 프로그램을 닫아 주세요.`,
  );
};

const describeDisk = async (): Promise<string> => {
  const { bavail, bsize } = await statfs(HOME).catch(() => statfs(dirname(HOME)));
  const free = bavail * bsize;
  if (free > LEAST_DISK) return `${megabytes(free)} 남음`;
  throw new LabError(
    'unavailable',
    `디스크가 모자랍니다. ${megabytes(free)}만 남아 있습니다. ${megabytes(LEAST_DISK)}는 비워 주세요.`,
  );
};

const describePorts = async (lab: Lab): Promise<string> => {
  const containers = await lab.containers();
  const ours = containers.filter(({ state }) => state === 'running' || state === 'paused');
  const free = CONTAINERS.filter((name) => !ours.some((each) => each.name === name));
  const ports = free.flatMap((name) =>
    lab.name === 'docker' ? [DOCKER_PORTS[name]] : portsOf({ ports: LOCAL_PORTS }, name),
  );
  const taken = await takenPorts(ports);
  if (taken.length === 0) {
    const mine = ours.length > 0 ? '이 실습실이 쓰고 있습니다' : '모두 비어 있음';
    return `${mine}${await describeUiPort(lab)}`;
  }
  const list = taken.map(({ port }) => port).join(', ');
  const holders = taken.flatMap(({ port, holder }) =>
    holder === undefined ? [] : `${port} ${holder}`,
  );
  const who = holders.length === 0 ? '' : ` 쓰는 프로그램: ${holders.join(', ')}.`;
  throw new LabError(
    'unavailable',
    `${list} 포트가 이미 사용 중입니다.${who} 그 프로그램을 끝내 주세요.`,
  );
};

/** Kafka UI's port keeps only Kafka UI from starting. */
const describeUiPort = async ({ kafkaUi }: Lab): Promise<string> => {
  if (kafkaUi === undefined || (await kafkaUi.runs())) return '';
  const [taken] = await takenPorts([DOCKER_PORTS['kafka-ui']]);
  if (taken === undefined) return '';
  return `. 다만 ${taken.port}번은 ${taken.holder ?? '다른 프로그램'}이(가) 써서 Kafka UI는 뜨지 않습니다`;
};

const describeCluster = async (lab: Lab): Promise<string> => {
  const containers = await lab.containers();
  if (containers.every(({ state }) => state === 'absent')) return STATES.absent;
  if (containers.every(({ state }) => state === 'running')) return '모두 실행 중';
  const named = Map.groupBy(containers, ({ state }) => state);
  const parts = [...named].map(
    ([state, those]) => `${STATES[state]}: ${those.map(({ name }) => name).join(', ')}`,
  );
  return parts.join(' · ');
};

const STATES: Readonly<Record<ContainerState['state'], string>> = {
  running: '실행 중',
  paused: '일시 정지됨',
  exited: '멈춰 있음',
  absent: '아직 띄우지 않음',
};

const describeSidecar = (): string => {
  const there = whoIsThere(HOME);
  return there === undefined ? '실행하지 않음' : `실행 중 (http://127.0.0.1:${there.port}/)`;
};
