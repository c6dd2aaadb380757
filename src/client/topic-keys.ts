/** The keys of the topic that grew last, partition by partition, where a lesson is about keys. */
import { keyOf } from '../../server/cluster/changes.ts';
import type { ClusterState, TopicKeys } from '../../server/protocol.ts';
import { keys as strings } from '../strings/cluster.ts';
import { connection } from './connection.ts';
import { keep, setText } from './keep.ts';

/** Shown until another topic grows. */
const FIRST = 'orders';
/** Milliseconds between two questions, at least. */
const PAUSE = 1_000;

export interface KeysView {
  /** The cluster by now: keys are asked for when the topic has grown. */
  update(state: ClusterState): void;
}

/** Nothing, in a lesson that has no place for it. */
export const createKeysView = (root: Element, signal: AbortSignal): KeysView => {
  const section = root.querySelector<HTMLElement>('[data-part="keys"]');
  const title = root.querySelector('[data-part="keys-title"]');
  const list = root.querySelector('[data-part="keys-list"]');
  if (section === null || title === null || list === null) return { update: () => {} };

  let topic = FIRST;
  /** How far each partition has grown, as far as is known; none before the first state. */
  let ends: ReadonlyMap<string, End> | undefined;
  /** The size that the keys on the page belong to. */
  let shown: string | undefined;
  let asking = false;
  /** Whether there was the topic, by the last word of the brokers. */
  let wasThere = false;
  /** As they were read last. */
  let read: TopicKeys = [];
  /** Partitions of the topic whose leader has not told how far they go: whether there is more, nobody knows. */
  let silent: ReadonlySet<number> = new Set();

  const render = (): void => {
    const known = new Map(read.map(({ partition, keys }) => [partition, keys]));
    const partitions = [...new Set([...known.keys(), ...silent])].toSorted((a, b) => a - b);
    section.hidden = partitions.length === 0;
    keep(
      list,
      partitions,
      (partition) => `${topic}-${partition}`,
      (line, partition) =>
        renderPartition(line, partition, silent.has(partition) ? undefined : known.get(partition)),
      'li',
    );
  };
  const refresh = async (): Promise<void> => {
    const asked = topic;
    const wanted = `${asked} ${sizeOf(asked, ends)}`;
    if (asking || wanted === shown || signal.aborted) return;
    asking = true;
    const keys = await connection.keys(asked);
    if (keys !== undefined) {
      shown = wanted;
      read = keys;
      setText(title, strings.title(asked));
      render();
    }
    setTimeout(() => {
      asking = false;
      // Where nobody answered, the next news asks again.
      if (keys !== undefined) void refresh();
    }, PAUSE);
  };
  return {
    update: (state) => {
      const before = ends;
      // What nobody tells while there is no leader has not shrunk.
      ends = new Map([...(before ?? []), ...endsOf(state)]);
      if (state.toldAt !== null) {
        const isThere = state.partitions.some((each) => each.topic === topic);
        if (wasThere && !isThere) {
          topic = FIRST;
          shown = undefined;
        }
        wasThere = isThere;
      }
      for (const [key, { topic: name, end }] of ends) {
        if (before !== undefined && end > (before.get(key)?.end ?? 0)) topic = name;
      }
      const own = state.partitions.filter((each) => each.topic === topic);
      const now = new Set(own.flatMap(({ partition, end }) => (end === null ? partition : [])));
      const isNews = [...now].join() !== [...silent].join();
      silent = now;
      if (isNews && shown?.startsWith(`${topic} `)) render();
      void refresh();
    },
  };
};

interface End {
  readonly topic: string;
  readonly end: number;
}

/** By partition, where it is known; Kafka's own topics grow with every commit. */
const endsOf = ({ partitions }: ClusterState): ReadonlyMap<string, End> =>
  new Map(
    partitions.flatMap(({ topic, partition, end }) =>
      end === null || topic.startsWith('__') ? [] : [[keyOf({ topic, partition }), { topic, end }]],
    ),
  );

const sizeOf = (topic: string, ends: ReadonlyMap<string, End> = new Map()): number =>
  [...ends.values()].reduce((sum, each) => sum + (each.topic === topic ? each.end : 0), 0);

/** @param keys `undefined` while nobody can read it. */
const renderPartition = (
  line: HTMLElement,
  partition: number,
  keys: TopicKeys[number]['keys'] | undefined,
): void => {
  if (line.firstElementChild === null)
    line.append(document.createElement('span'), document.createElement('span'));
  const [name, chips] = line.children;
  if (name === undefined || chips === undefined) return;
  setText(name, strings.partition(partition));
  if (keys === undefined || keys.length === 0) {
    chips.textContent = keys === undefined ? strings.unreadable : strings.empty;
    return;
  }
  for (const node of chips.childNodes) if (node instanceof Text) node.remove();
  keep(
    chips,
    keys,
    ({ offset }) => `${offset}`,
    (chip, { key }) => {
      chip.className = 'key';
      chip.toggleAttribute('data-none', key === null || key === '');
      setText(chip, key === null ? strings.none : shownKey(key));
      chip.title = key ?? '';
    },
    'span',
  );
};

/** Characters that cannot be seen, or turn others round, by their numbers. */
export const shownKey = (key: string): string =>
  key === ''
    ? strings.blank
    : key.replace(/[\p{Cc}\p{Cf}]/gu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
