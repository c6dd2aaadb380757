/** Consumer groups, as their coordinator knows them: each group has one broker for it. */
import { array, ask, Reader, string } from './wire.ts';

const LIST_GROUPS = { key: 16, version: 0 };
const DESCRIBE_GROUPS = { key: 15, version: 0 };
/** From 2 on, all of a group's offsets can be asked for. */
const OFFSET_FETCH = { key: 9, version: 2 };

/** What the groups are called with which a drill reads back: its own, and not the lesson's. */
export const DRILL_READERS = 'drill-reader-';

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

/**
 * The groups that the broker on this port coordinates. Rejects while it does not answer, of any of
 * them: half an answer would say that nothing was read.
 */
export const readGroups = async (
  port: number,
  { timeout }: Options,
): Promise<readonly GroupState[]> => {
  const ids = decodeIds(await ask({ port, ...LIST_GROUPS, body: Buffer.alloc(0), timeout }));
  if (ids.length === 0) return [];
  const body = array(ids.map(string));
  const groups = decodeGroups(await ask({ port, ...DESCRIBE_GROUPS, body, timeout }));
  const known: GroupState[] = [];
  // One after the other: many groups are no reason for many connections at once.
  for (const group of groups) {
    const all = Buffer.concat([string(group.id), array(undefined)]);
    const committed = decodeOffsets(await ask({ port, ...OFFSET_FETCH, body: all, timeout }));
    known.push({ ...group, committed });
  }
  return known;
};

const decodeIds = (answer: Reader): string[] => {
  refuse(answer.int16());
  const groups = answer.array(() => ({ id: answer.string(), protocol: answer.string() }));
  // Connect and the schema registry have groups, too, of other protocols.
  return groups.flatMap(({ id, protocol }) => (['consumer', ''].includes(protocol) ? [id] : []));
};

/** Without those of which the coordinator has nothing to say now. */
const decodeGroups = (answer: Reader): Omit<GroupState, 'committed'>[] => {
  const groups = answer.array(() => {
    const error = answer.int16();
    const [id, state] = [answer.string(), answer.string()];
    answer.string(); // protocol type
    answer.string(); // assignor
    const members = answer.array(() => {
      const [member, client] = [answer.string(), answer.string()];
      answer.string(); // host
      answer.bytes(); // subscription
      return { id: member, client, assigned: decodeAssignment(answer.bytes()) };
    });
    return { id, state, members, error };
  });
  return groups.flatMap(({ error, ...group }) => (error === 0 ? [group] : []));
};

/** ConsumerProtocolAssignment; nothing while the group has yet to agree on one, or in another format. */
const decodeAssignment = (bytes: Buffer): TopicPartition[] => {
  if (bytes.length === 0) return [];
  const answer = new Reader(bytes);
  try {
    answer.int16(); // version
    return answer
      .array(() => {
        const topic = answer.string();
        return answer.array(() => ({ topic, partition: answer.int32() }));
      })
      .flat();
  } catch {
    // A program may have its members agree on anything.
    return [];
  }
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
