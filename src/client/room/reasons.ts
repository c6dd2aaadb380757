/** Why a run did not pass, in few words and of few kinds: the presenter sees how many have the same cause. */
import type { ErrorMessage, RunStatus } from '../../../server/protocol.ts';
import type { Reason } from '../../../server/workshop/protocol.ts';
import { reasons as strings } from '../../strings/room.ts';
import { withoutPaths } from './without-paths.ts';

interface Cause {
  readonly kind: string;
  /** In what was printed; a group in it is a detail. */
  readonly sign: RegExp;
  readonly text: (detail: string | undefined) => string;
}

/** The first that is found. */
export const CAUSES: readonly Cause[] = [
  {
    kind: 'port-taken',
    sign: /포트를 다른 프로그램이 쓰고 있습니다\D*(\d{2,5})?|(?:port|:(\d{2,5}):?)[^\n]{0,40}(?:already allocated|already in use)/i,
    text: strings.port,
  },
  {
    kind: 'docker-down',
    sign: /Cannot connect to the Docker daemon|Docker(?:가| 엔진\S*이)(?: 멈춘 듯)? (?:답하지|응답하지|켜져 있지)/,
    text: () => strings.docker,
  },
  {
    kind: 'container-name',
    sign: /컨테이너\([^\n]*\)가 (?:이미 )?있어|container name "[^"\n]+" is already in use/i,
    text: () => strings.containerName,
  },
  { kind: 'image', sign: /이미지를 받지 못했습니다/, text: () => strings.image },
  { kind: 'disk', sign: /No space left on device|ENOSPC/, text: () => strings.disk },
  { kind: 'java', sign: /Java를 찾지 못했습니다|찾은 Java는/, text: () => strings.java },
  {
    kind: 'no-cluster',
    sign: /클러스터가 아직 없습니다|컨테이너가 없습니다/,
    text: () => strings.noCluster,
  },
  {
    kind: 'no-container',
    sign: /(zookeeper|kafka[123])[가이] 아직 없습니다/,
    text: strings.absent,
  },
  {
    kind: 'no-broker',
    sign: /(zookeeper|kafka[123])[가이] 실행 중이 아닙니다/,
    text: strings.stopped,
  },
  {
    kind: 'paused',
    sign: /(zookeeper|kafka[123])[가이] (?:이미 )?일시 정지되어/,
    text: strings.paused,
  },
  {
    kind: 'few-brokers',
    sign: /INVALID_REPLICATION_FACTOR|InvalidReplicationFactor/,
    text: () => strings.fewBrokers,
  },
  { kind: 'no-replicas', sign: /NotEnoughReplicas/, text: () => strings.replicas },
  {
    kind: 'no-leader',
    sign: /LEADER_NOT_AVAILABLE|LeaderNotAvailable|NotLeaderOrFollower/,
    text: () => strings.leader,
  },
  {
    kind: 'topic-exists',
    sign: /TopicExistsException|다른 모양으로 이미 있습니다/,
    text: () => strings.topicExists,
  },
  {
    kind: 'no-topic',
    sign: /UnknownTopicOrPartition|UNKNOWN_TOPIC|Topic '[^'\n]+' does not exist/,
    text: () => strings.noTopic,
  },
  {
    kind: 'no-answer',
    sign: /브로커가 제때 답하지 않았습니다|could not be established|Connection refused|ECONNREFUSED/,
    text: () => strings.noAnswer,
  },
  { kind: 'timeout', sign: /TimeoutException|timed out/i, text: () => strings.timeout },
];

/** Characters that a reason may have. */
const LONGEST = 300;

/** Its first lines: what follows an empty one is the program's own words. */
const cut = (whole: string): string => {
  const text = withoutPaths(whole.split('\n\n')[0] ?? '').trim();
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
};

const causeIn = (said: string): Reason | undefined => {
  for (const { kind, sign, text } of CAUSES) {
    const found = sign.exec(said);
    if (found !== null) return { kind, text: text(found.slice(1).find((part) => part)) };
  }
  return undefined;
};

/** @param printed the end of its output, as far as this page has it; it stays here. */
export const reasonOf = (status: RunStatus, printed: string): Reason | null => {
  if (status.status === 'unknown') return { kind: 'unknown', text: strings.unknown };
  if (status.status !== 'failed') return null;
  if (status.check?.state === 'missed' && status.check.reason !== '')
    return { kind: 'check', text: cut(status.check.reason) };
  const cause = causeIn(printed);
  if (cause !== undefined) return cause;
  const { exitCode } = status;
  return exitCode === null || exitCode === 0
    ? { kind: 'other', text: strings.other }
    : { kind: 'exit', text: strings.exit(exitCode) };
};

/** Of a run that did not begin; `undefined` where that is nobody's failure. */
export const reasonOfRefusal = ({ code, message }: ErrorMessage): Reason | undefined => {
  if (code !== 'cluster-down' && code !== 'unavailable' && code !== 'internal') return undefined;
  return causeIn(message) ?? { kind: code, text: cut(message) };
};
