import { LabError } from '../errors.ts';
import { HOME } from '../settings.ts';
import type { Lab } from './lab.ts';
import { findJava } from './local/java.ts';
import { createLocalLab } from './local.ts';

/**
 * The lab that this machine can carry, and why it is this one, in a sentence.
 *
 * A machine that lacks something still gets its lab: the page reads, `reason` says what to install,
 * and so does the step that starts the cluster.
 *
 * @throws LabError `usage` for a `LAB` that there is not.
 */
export const chooseLab = async (
  owner: 'sidecar' | 'cli',
): Promise<{ readonly lab: Lab; readonly reason: string }> => {
  const wanted = process.env.LAB ?? 'local';
  if (wanted !== 'local') {
    throw new LabError('usage', `LAB=${wanted} 실습실은 없습니다. LAB=local로 시작해 주세요.`);
  }
  const lab = createLocalLab({ home: HOME, owner, kafkaHome: process.env.KAFKA_HOME });
  return { lab, reason: await describeLocal() };
};

const describeLocal = async (): Promise<string> => {
  try {
    const java = await findJava();
    return `로컬 실습실: 이 컴퓨터의 Java ${java.version}(으)로 Kafka 3.9 브로커 세 대를 띄웁니다.`;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return `로컬 실습실: 읽기만 할 수 있습니다. ${error.message}`;
  }
};
