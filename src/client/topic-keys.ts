/** The keys of the topic that grew last, partition by partition, where a lesson is about keys. */
import type { ClusterState, TopicKeys } from '../../server/protocol.ts';
import { keys as strings } from '../strings/cluster.ts';
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
  /** How far each topic has grown, by the last state; none before the first. */
  let sizes: ReadonlyMap<string, number> | undefined;
  /** The size that the keys on the page belong to. */
  let shown: string | undefined;
  let asking = false;

  const refresh = async (): Promise<void> => {
    const wanted = `${topic} ${sizes?.get(topic)}`;
    if (asking || wanted === shown || signal.aborted) return;
    asking = true;
    const keys = await askKeys(topic);
    if (keys !== undefined) {
      shown = wanted;
      section.hidden = keys.length === 0;
      setText(title, strings.title(topic));
      keep(list, keys, ({ partition }) => `${topic}-${partition}`, renderPartition, 'li');
    }
    setTimeout(() => {
      asking = false;
      void refresh();
    }, PAUSE);
  };
  return {
    update: (state) => {
      const before = sizes;
      sizes = sizesOf(state);
      for (const [name, size] of sizes) {
        if (before !== undefined && size > (before.get(name) ?? 0)) topic = name;
      }
      void refresh();
    },
  };
};

const sizesOf = ({ partitions }: ClusterState): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>();
  for (const { topic, end } of partitions) {
    // Kafka's own grow with every commit.
    if (!topic.startsWith('__')) sizes.set(topic, (sizes.get(topic) ?? 0) + (end ?? 0));
  }
  return sizes;
};

/** `undefined` while the sidecar does not answer: what is shown stays. */
const askKeys = async (topic: string): Promise<TopicKeys | undefined> => {
  try {
    const response = await fetch(`/api/keys/${topic}`, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as TopicKeys) : undefined;
  } catch {
    return undefined;
  }
};

const renderPartition = (line: HTMLElement, { partition, keys }: TopicKeys[number]): void => {
  if (line.firstElementChild === null)
    line.append(document.createElement('span'), document.createElement('span'));
  const [name, chips] = line.children;
  if (name === undefined || chips === undefined) return;
  setText(name, strings.partition(partition));
  if (keys.length === 0) {
    chips.textContent = strings.empty;
    return;
  }
  for (const node of chips.childNodes) if (node instanceof Text) node.remove();
  keep(
    chips,
    keys,
    ({ offset }) => `${offset}`,
    (chip, { key }) => {
      chip.className = 'key';
      chip.toggleAttribute('data-none', key === null);
      setText(chip, key ?? strings.none);
    },
    'span',
  );
};
