/** Brings the cluster where a chapter begins: looks, gives one command of the guide, and looks again. */
import {
  type Checkpoint,
  type FilledTopic,
  type Lack,
  lacking,
  sameShape,
} from '../cluster/lacking.ts';
import { unmet } from '../cluster/unmet.ts';
import type { Watcher } from '../cluster/watcher.ts';
import type { Process } from '../lab/lab.ts';
import { task } from '../lab/process.ts';
import type { Command } from '../lessons/action.ts';
import type { Makers } from '../lessons/makers.ts';
import { nextCommand, removal } from '../lessons/next-command.ts';
import type { AgreedTopic, ClusterState } from '../protocol.ts';
import { sequence } from './sequence.ts';

/** Milliseconds that what a command brings about may take: a crashed broker's session alone lasts 18 s. */
const PATIENCE = 60_000;

export interface Bring {
  readonly checkpoint: Checkpoint & { readonly makers: Makers };
  readonly watcher: Pick<Watcher, 'observe' | 'expectChange'>;
  /** Topics that the reader has been shown, as they are, and knows will be deleted. No other is. */
  readonly removes: readonly AgreedTopic[];
  /** Titles of the steps that run consumers of this group now, as far as that is known. */
  consumersOf(group: string): readonly string[];
  /** Carries one out, as any step does. */
  perform(command: Command): Process;
  /** A line for the reader. */
  say(text: string): void;
}

/** Milliseconds that one that failed may show itself done: Kafka goes on with what it was too slow to answer. */
const AFTERWARDS = 10_000;

/**
 * Milliseconds that a consumer has to leave which was stopped just now, and that what was written just
 * now has to be counted. Groups and messages are looked at every second.
 */
const SETTLING = 2_000;

/** No command is given twice: what was begun and broken off is found half done the next time. */
export const bring = ({
  checkpoint,
  watcher,
  removes,
  consumersOf,
  perform,
  say,
}: Bring): Process => {
  const given = new Set<string>();
  let next: Command | undefined;
  let looking = true;
  /** The exit code of the command before; the last word, unless the cluster shows it done. */
  let code = 0;

  const decide = (state: ClusterState, since: number): Decision | undefined => {
    const lack = lacking(checkpoint, state, since);
    const command = nextCommand(lack, checkpoint.makers);
    const removed =
      command && lack.topics?.remove.find(({ topic }) => removal(topic).text === command.text);
    if (command === undefined && (lack.coming.length > 0 || lack.topics === undefined))
      return undefined;
    // The rest is done first: the reader's own part is then all that is left, and stopping it is not
    // waited for. But no topic goes from under who reads it: their asking might make it again.
    if (lack.busy.length > 0 && (command === undefined || removed !== undefined))
      return isStale(lack, state) || state.at - since < SETTLING
        ? undefined
        : { refusal: busyText(lack, consumersOf) };
    if (command === undefined) return { command };
    // It is under way.
    if (given.has(command.text)) return undefined;
    if (removed === undefined) return { command };
    const agreed = removes.find((each) => sameShape(each, removed));
    if (agreed === undefined) return { refusal: refusalOf(otherShape(removed), command) };
    if (agreed.messages === undefined) return { command };
    if (removed.messages === undefined || state.at - since < SETTLING) return undefined;
    return removed.messages > agreed.messages
      ? { refusal: refusalOf(moreMessages(removed, agreed.messages), command) }
      : { command };
  };
  const choose = async (abort: AbortSignal): Promise<number> => {
    const decision = await firstDecision(
      watcher,
      decide,
      code === 0 ? PATIENCE : AFTERWARDS,
      abort,
    );
    if (code !== 0 && !('command' in decision)) return code;
    if ('refusal' in decision) {
      say(decision.refusal);
      return 1;
    }
    if ('late' in decision) {
      const { needs } = checkpoint;
      const reasons = needs.map((need) => unmet(need, decision.late, 0, needs)?.reason);
      say(reasons.find((reason) => reason !== undefined) ?? NOT_SEEN);
      return 1;
    }
    next = decision.command;
    if (code !== 0) say(DONE_AFTER_ALL);
    if (next === undefined) say(given.size === 0 ? NOTHING : DONE);
    return 0;
  };
  function* work(): Generator<() => Process> {
    for (;;) {
      looking = true;
      yield () => task(choose);
      if (next === undefined) return;
      const command = next;
      given.add(command.text);
      looking = false;
      yield () => perform(command);
    }
  }
  return sequence(work(), (exit) => {
    if (looking) return exit !== 0;
    code = exit;
    return false;
  });
};

type Decision =
  /** Nothing is left to do, where there is none. */
  | { readonly command: Command | undefined }
  | { readonly refusal: string }
  /** It did not come in time: how it was then. */
  | { readonly late: ClusterState };

/** By the first look from now on that shows what to do. Rejects once `abort` is. */
const firstDecision = (
  watcher: Bring['watcher'],
  decide: (state: ClusterState, since: number) => Decision | undefined,
  patience: number,
  abort: AbortSignal,
): Promise<Decision> => {
  const { promise, resolve, reject } = Promise.withResolvers<Decision>();
  const from = performance.now();
  let last: ClusterState | undefined;
  const giveUp = (): void => reject(abort.reason);
  abort.addEventListener('abort', giveUp);
  const late = setTimeout(
    () => resolve(last === undefined ? { refusal: NOT_SEEN } : { late: last }),
    patience,
  );
  watcher.expectChange();
  const leave = watcher.observe((state) => {
    if (state.seenAt === null || state.seenAt < from) return;
    last = state;
    const decision = decide(state, from);
    if (decision !== undefined) resolve(decision);
  });
  return promise.finally(() => {
    leave();
    clearTimeout(late);
    abort.removeEventListener('abort', giveUp);
  });
};

/** Whoever is in such a group now, its coordinator does not say. */
const isStale = ({ busy }: Lack, { groups }: ClusterState): boolean =>
  busy.some(({ group }) => groups.some(({ id, stale }) => id === group && stale));

const busyText = ({ busy }: Lack, consumersOf: Bring['consumersOf']): string =>
  busy
    .map(({ group, members }) => {
      const steps = consumersOf(group).map((title) => `‘${title}’`);
      const where =
        steps.length > 0
          ? `${steps.join(', ')} 단계를 중지한 뒤 다시 실행해 주세요.`
          : '그 컨슈머를 실행한 단계나 터미널에서 중지한 뒤 다시 실행해 주세요. 방금 중지했다면 그룹에서 빠질 때까지 잠시 걸립니다.';
      return `${group} 그룹에 컨슈머 ${members}개가 있어 시작할 수 없습니다. ${where}`;
    })
    .join(' ');

const otherShape = ({ topic, partitions, replicationFactor }: FilledTopic): string =>
  `${topic} 토픽이 다른 모양(파티션 ${partitions}개, 복제 팩터 ${replicationFactor})으로 있습니다.`;

const moreMessages = ({ topic, messages }: FilledTopic, agreed: number): string =>
  `${topic} 토픽의 메시지가 ${count(agreed)}개로 보였는데, 지금은 ${count(messages)}개입니다.`;

const count = (number = 0): string => number.toLocaleString('ko');

const refusalOf = (reason: string, command: Command): string =>
  `${reason} ` +
  '지우고 다시 만들어야 하는데, 지운다는 것을 아직 확인받지 못해 그대로 두었습니다. ' +
  '페이지에서는 ‘지울 것’에 이 토픽이 보이는지 확인하고 다시 실행해 주세요. ' +
  `터미널에서는 먼저 지워 주세요: npm run -s lab -- ${command.text}`;

const NOTHING = '이미 시작할 수 있는 상태입니다. 할 일이 없습니다.';
const DONE = '할 일을 마쳤습니다.';
const DONE_AFTER_ALL =
  '위 명령은 오류로 끝났지만, 클러스터를 다시 보니 하려던 일이 이루어져 있습니다. 이어서 진행합니다.';
const NOT_SEEN = '클러스터를 볼 수 없습니다. 잠시 뒤에 다시 실행해 주세요.';
