/** Puts a state of the cluster on the page: elements stay the same as long as what they show exists. */
import { keyOf } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { cluster as strings } from '../strings/cluster.ts';
import { wholeDuration } from '../strings/duration.ts';
import { connection } from './connection.ts';
import { keep, setText } from './keep.ts';
import { shownTopics } from './shown-topics.ts';

type Broker = ClusterState['brokers'][number];
type Partition = ClusterState['partitions'][number];

/** Milliseconds without news after which what is shown is called old: news comes every second. */
export const OLD = 3_000;

interface Age {
  /** Milliseconds since the last word of the sidecar. */
  readonly since: number;
  /** Milliseconds for which a word has been waited for. */
  readonly waited: number;
}

export const renderCluster = (
  root: Element,
  state: ClusterState | undefined,
  { since, waited }: Age,
): void => {
  const part = (name: string): HTMLElement => {
    const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no ${name}`);
    return found;
  };
  setText(part('age'), ageOf(state, { since, waited }));
  const known = state !== undefined && state.seenAt !== null;
  // In the line that stays when the rest is closed: no old number there.
  const isNews = connection.state === 'open' && since <= OLD;
  setText(part('brief'), known && isNews ? briefOf(state) : '');
  root.toggleAttribute('data-old', state === undefined || !isNews || !isFresh(state));
  const zookeeper = part('zookeeper');
  const broken = state !== undefined && isUp(state) && state.zookeeper !== 'running';
  zookeeper.hidden = !broken;
  setText(zookeeper, broken ? strings.zookeeper(strings.containers[state.zookeeper]) : '');
  if (state === undefined) return;
  const { partitions } = state;
  const shown = shownTopics(partitions);
  keep(
    part('brokers'),
    known ? state.brokers : [],
    ({ name }) => name,
    (box, broker) => {
      renderBroker(box, broker, state, shown);
    },
  );
  const rows = part('rows');
  const isOpen = rows.closest('details')?.open === true;
  keep(rows, partitions, keyOf, (row, partition) => renderRow(row, partition, isOpen), 'tr');
};

const ageOf = (state: ClusterState | undefined, { since, waited }: Age): string => {
  const isOpen = connection.state === 'open';
  if (state === undefined) return isOpen ? strings.asking : strings.waiting;
  if (!isOpen) return strings.cutOff(wholeDuration(since));
  if (since > OLD) return (waited > OLD ? strings.late : strings.refreshing)(wholeDuration(since));
  const { at, seenAt, toldAt, brokers } = state;
  if (seenAt === null) return strings.unseen;
  if (at - seenAt > OLD) return strings.blind;
  if (isOff(state)) return strings.off;
  if (toldAt === null) {
    if (brokers.some(({ container }) => container === 'running' || container === 'absent'))
      return strings.awaited;
    return brokers.some(({ container }) => container === 'paused')
      ? strings.frozen
      : strings.silent;
  }
  if (at - toldAt > OLD) return strings.old(wholeDuration(at - toldAt));
  return strings.fresh;
};

/** Some broker's container runs, or would if it were not paused. */
const isUp = ({ brokers }: ClusterState): boolean =>
  brokers.some(({ container }) => container === 'running' || container === 'paused');

/** Nothing is there, and nothing is about to be. */
const isOff = ({ zookeeper, brokers }: ClusterState): boolean =>
  zookeeper !== 'running' && brokers.every(({ container }) => container === 'absent');

const briefOf = (state: ClusterState): string =>
  isUp(state) || state.zookeeper === 'running'
    ? strings.brief(state.brokers.filter((broker) => broker.state === 'up').length)
    : strings.allOff;

const idOf = ({ name }: Broker): number => Number(name.slice(-1));

const renderBroker = (
  box: HTMLElement,
  broker: Broker,
  state: ClusterState,
  shown: ReadonlySet<string>,
): void => {
  const { controller, partitions } = state;
  const id = idOf(broker);
  box.dataset.broker = broker.name;
  // What is not up is down to whoever needs it; how, is a finer point.
  const isOut = broker.state === 'stopping' || broker.state === 'silent';
  box.dataset.state = isOut ? 'down' : broker.state;
  box.toggleAttribute('data-alive', isOut || broker.state === 'starting');
  box.className = 'broker';
  if (box.firstElementChild === null) {
    box.innerHTML =
      '<h3><button></button> <span class="state"></span> <span class="controller"></span></h3><ul role="list"></ul>';
  }
  const [name, said, controls] = box.querySelectorAll<HTMLElement>('h3 > *');
  const list = box.querySelector('ul');
  if (name === undefined || said === undefined || controls === undefined || list === null) return;
  setText(name, broker.name);
  setText(said, wordFor(broker, state));
  const controlling = controller === id && broker.state === 'up' && isFresh(state);
  setText(controls, controlling ? strings.controller : '');
  const own = partitions.filter(({ replicas }) => replicas.includes(id));
  const byTopic = Map.groupBy(own, ({ topic }) => (shown.has(topic) ? topic : OTHERS));
  const others = byTopic.get(OTHERS) ?? [];
  byTopic.delete(OTHERS);
  const lines = [...byTopic].map(([topic, replicas]) => ({ topic, replicas }));
  keep(
    list,
    others.length === 0 ? lines : [...lines, { topic: OTHERS, replicas: others }],
    ({ topic }) => topic,
    (line, { topic, replicas }) => renderReplicas(line, topic, replicas, id),
    'li',
  );
};

/** No topic is called so. */
const OTHERS = '';

/** One topic's partitions on a broker: their numbers. Of the topics that are folded, only how many. */
const renderReplicas = (
  line: HTMLElement,
  topic: string,
  partitions: readonly Partition[],
  broker: number,
): void => {
  if (line.firstElementChild === null)
    line.append(document.createElement('span'), document.createElement('span'));
  const [name, chips] = line.children;
  if (name === undefined || chips === undefined) return;
  const isFolded = topic === OTHERS;
  const topics = new Set(partitions.map((each) => each.topic)).size;
  setText(name, isFolded ? strings.others(topics) : topic);
  if (isFolded || partitions.length > MANY) {
    renderCounts(chips, partitions, broker);
    return;
  }
  keep(
    chips,
    partitions,
    keyOf,
    (chip, partition) => {
      if (isDrawn(chip, partition)) return;
      const role = roleOf(partition, broker);
      chip.className = 'replica';
      // By the arrows: hundreds of stops for Tab before the lesson would be none.
      chip.tabIndex = -1;
      chip.dataset.replica = keyOf(partition);
      chip.dataset.role = role;
      chip.ariaLabel = `${keyOf(partition)}: ${strings.roles[role]}`;
      // Not by colour alone.
      setText(chip, role === 'leaderless' ? `${partition.partition} ✕` : `${partition.partition}`);
    },
    'button',
  );
};

/** Whether what is shown was seen and told a moment ago; of a cluster that is not there, nobody tells. */
export const isFresh = ({ at, seenAt, toldAt }: ClusterState): boolean =>
  seenAt !== null && at - seenAt <= OLD && (toldAt === null || at - toldAt <= OLD);

const wordFor = ({ container, state, registered }: Broker, cluster: ClusterState): string => {
  // Dead, and the others do not know: until its session expires, nobody takes its place.
  const counted = registered === true && cluster.brokers.some((each) => each.state === 'up');
  if (state === 'down' && counted && isFresh(cluster)) {
    const words = cluster.zookeeper === 'running' ? strings.expiring : strings.unnoticed;
    return words(container === 'paused');
  }
  if (container === 'paused' || container === 'absent') return strings.containers[container];
  return strings.states[state];
};

export const roleOf = ({ leader, isr }: Partition, id: number): keyof typeof strings.roles => {
  // Only who is in the ISR may lead when it comes back.
  if (leader === null && isr.includes(id)) return 'leaderless';
  if (leader === id) return 'leader';
  return isr.includes(id) ? 'follower' : 'behind';
};

/** Partitions of a topic on one broker, above which they are counted instead of drawn one by one. */
const MANY = 24;

type Role = keyof typeof strings.roles;

const renderCounts = (chips: Element, partitions: readonly Partition[], broker: number): void => {
  const counted = Map.groupBy(partitions, (partition) => roleOf(partition, broker));
  const roles = Object.keys(strings.roles) as Role[];
  keep(
    chips,
    roles.filter((role) => counted.has(role)),
    (role) => role,
    (chip, role) => {
      chip.className = 'replica';
      chip.dataset.role = role;
      setText(chip, strings.count(strings.roles[role], counted.get(role)?.length ?? 0));
    },
    'span',
  );
};

/** What each element shows; a partition that has not changed is the same object as before. */
const drawn = new WeakMap<HTMLElement, Partition>();

const isDrawn = (element: HTMLElement, partition: Partition): boolean => {
  if (drawn.get(element) === partition) return true;
  drawn.set(element, partition);
  return false;
};

/** How far it has grown. */
export const endText = ({ end }: Pick<Partition, 'end'>): string =>
  end === null ? strings.unknown : end.toLocaleString('ko');

/** What it says as attributes is there always; its cells, while the table is open. */
const renderRow = (row: HTMLElement, partition: Partition, isOpen: boolean): void => {
  const key = keyOf(partition);
  const leader = partition.leader === null ? strings.none : `${partition.leader}`;
  const [replicas, isr] = [partition.replicas.join(','), partition.isr.join(',')];
  setAttributes(row, { partition: key, leader, replicas, isr });
  if (!isOpen || isDrawn(row, partition)) return;
  if (row.firstElementChild === null)
    row.innerHTML = '<th scope="row"><button></button></th><td></td><td></td><td></td><td></td>';
  const [button, ...cells] = row.querySelectorAll<HTMLElement>('button, td');
  if (button === undefined) return;
  setAttributes(button, {
    replica: key,
    broker: `kafka${partition.leader ?? partition.replicas[0]}`,
  });
  const texts = [leader, replicas, isr, endText(partition)];
  for (const [index, cell] of cells.entries()) setText(cell, texts[index] ?? '');
  setText(button, key);
};

const setAttributes = (element: HTMLElement, data: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(data)) {
    if (element.getAttribute(`data-${name}`) !== value) element.setAttribute(`data-${name}`, value);
  }
};
