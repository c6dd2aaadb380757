/** Consumer groups, as their coordinator knows them: each group has one broker for it. */
import { array, ask, Reader, string } from './wire.ts';

const LIST_GROUPS = { key: 16, version: 0 };
const DESCRIBE_GROUPS = { key: 15, version: 0 };
/** From 2 on, all of a group's offsets can be asked for. */
const OFFSET_FETCH = { key: 9, version: 2 };

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface GroupMember {
  readonly id: string;
  /** `client.id` of its program. */
  readonly client: string;
  readonly assigned: readonly TopicPartition[];
}

export interface GroupState {
  readonly id: string;
  /** Kafka's word: `Stable`, `PreparingRebalance`, `CompletingRebalance`, `Empty`, `Dead`. */
  readonly state: string;
  readonly members: readonly GroupMember[];
  /** `offset`: the next to read. */
  readonly committed: readonly (TopicPartition & { readonly offset: number })[];
}

interface Options {
  /** Milliseconds for each of three questions. */
  readonly timeout: number;
}

/** The groups that the broker on this port coordinates. Rejects while it does not answer. */
export const readGroups = async (
  port: number,
  { timeout }: Options,
): Promise<readonly GroupState[]> => {
  const ids = decodeIds(await ask({ port, ...LIST_GROUPS, body: Buffer.alloc(0), timeout }));
  if (ids.length === 0) return [];
  const body = array(ids.map(string));
  const groups = decodeGroups(await ask({ port, ...DESCRIBE_GROUPS, body, timeout }));
  return Promise.all(
    groups.map(async (group) => {
      const all = Buffer.concat([string(group.id), array(undefined)]);
      const committed = decodeOffsets(await ask({ port, ...OFFSET_FETCH, body: all, timeout }));
      return { ...group, committed };
    }),
  );
};

const decodeIds = (answer: Reader): string[] => {
  refuse(answer.int16());
  const groups = answer.array(() => ({ id: answer.string(), protocol: answer.string() }));
  // Connect and the schema registry have groups, too, of other protocols.
  return groups.flatMap(({ id, protocol }) => (['consumer', ''].includes(protocol) ? [id] : []));
};

const decodeGroups = (answer: Reader): Omit<GroupState, 'committed'>[] =>
  answer.array(() => {
    refuse(answer.int16());
    const [id, state] = [answer.string(), answer.string()];
    answer.string(); // protocol type
    answer.string(); // assignor
    const members = answer.array(() => {
      const [member, client] = [answer.string(), answer.string()];
      answer.string(); // host
      answer.bytes(); // subscription
      return { id: member, client, assigned: decodeAssignment(answer.bytes()) };
    });
    return { id, state, members };
  });

/** ConsumerProtocolAssignment; nothing while the group has yet to agree on one. */
const decodeAssignment = (bytes: Buffer): TopicPartition[] => {
  if (bytes.length === 0) return [];
  const answer = new Reader(bytes);
  answer.int16(); // version
  return answer
    .array(() => {
      const topic = answer.string();
      return answer.array(() => ({ topic, partition: answer.int32() }));
    })
    .flat();
};

const decodeOffsets = (answer: Reader): GroupState['committed'] => {
  const offsets = answer
    .array(() => {
      const topic = answer.string();
      return answer.array(() => {
        const [partition, offset] = [answer.int32(), answer.int64()];
        answer.string(); // metadata
        answer.int16(); // error: of a topic that is gone
        return { topic, partition, offset };
      });
    })
    .flat();
  refuse(answer.int16());
  // -1: none.
  return offsets.filter(({ offset }) => offset >= 0);
};

/** Its coordinator is moving, or loading: what it would say is not known now. */
const refuse = (error: number): void => {
  if (error !== 0) throw new Error(`Kafka's error ${error}`);
};
