/** `npm run -s lab -- doctor`: what this machine has for the lab, what it lacks, and what to do. */
import { LabError } from './errors.ts';
import { CONTAINERS } from './lab/lab.ts';
import { presentJars } from './lab/local/jars.ts';
import { findJava, findMaven } from './lab/local/java.ts';
import { createLocalLab } from './lab/local.ts';
import { isPlaceTaken } from './place.ts';
import { HOME } from './settings.ts';

interface Finding {
  readonly good: boolean;
  readonly text: string;
}

/** Prints a line a finding; 0 when the lab can run, 1 when something is missing. */
export const doctor = async (print: (line: string) => void): Promise<number> => {
  const findings = await Promise.all([
    attempt('Node.js', async () => process.versions.node),
    attempt('Java', async () => described(await findJava())),
    attempt('Kafka', findKafka),
    attempt('클러스터', describeCluster),
    attempt('npm start', async () => (isPlaceTaken(HOME) ? '실행 중' : '실행하지 않음')),
  ]);
  for (const { good, text } of findings) print(`${good ? '✔' : '✘'} ${text}`);
  return findings.every(({ good }) => good) ? 0 : 1;
};

const attempt = async (name: string, look: () => Promise<string>): Promise<Finding> => {
  try {
    return { good: true, text: `${name}: ${await look()}` };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { good: false, text: `${name}: ${error.message}` };
  }
};

const described = ({ version, path }: { version: string; path: string }): string =>
  `${version} (${path})`;

const findKafka = async (): Promise<string> => {
  const present = presentJars({ root: `${HOME}/local`, kafkaHome: process.env.KAFKA_HOME });
  if (present !== undefined) return described({ version: present.version, path: present.folder });
  return `처음 시작할 때 Maven ${described(await findMaven())}으로 받습니다 (80 MB쯤)`;
};

const describeCluster = async (): Promise<string> => {
  const lab = createLocalLab({ home: HOME, owner: 'cli' });
  const containers = await lab.containers();
  return CONTAINERS.map(
    (name) => `${name} ${containers.find((each) => each.name === name)?.status || '없음'}`,
  ).join(', ');
};
