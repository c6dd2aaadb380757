/** Puts a state of the cluster on the page: elements stay the same as long as what they show exists. */
import { keyOf } from '../../server/cluster/changes.ts';
import { brokerId } from '../../server/lab/lab.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { cluster as strings } from '../strings/cluster.ts';
import { wholeDuration } from '../strings/duration.ts';
import { isController, isFresh, OLD, roleOf, wordFor } from './cluster-facts.ts';
import { renderTable } from './cluster-table.ts';
import { answers, connection, isMirrored } from './connection.ts';
import { keep, setText } from './keep.ts';
import { isOfPage } from './page-topics.ts';
import { shownTopics } from './shown-topics.ts';

type Broker = ClusterState['brokers'][number];
type Partition = ClusterState['partitions'][number];

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
  const isRecorded = connection.state === 'recorded';
  const isTold = answers(connection.state) && connection.state !== 'stale';
  const isNews = isRecorded || (isTold && since <= OLD);
  setText(part('brief'), known && isNews ? briefOf(state) : '');
  root.toggleAttribute(
    'data-old',
    state === undefined || !isNews || !(isRecorded || isFresh(state)),
  );
  const zookeeper = part('zookeeper');
  const broken = state !== undefined && isUp(state) && state.zookeeper !== 'running';
  zookeeper.hidden = !broken;
  setText(zookeeper, broken ? strings.zookeeper(strings.containers[state.zookeeper]) : '');
  if (state === undefined) return;
  const { partitions } = state;
  const shown = shownTopics(partitions, isOfPage);
  keep(
    part('brokers'),
    known ? state.brokers : [],
    ({ name }) => name,
    (box, broker) => {
      renderBroker(box, broker, state, shown);
    },
  );
  renderTable(root, state);
};

const ageOf = (state: ClusterState | undefined, age: Age): string => {
  if (!isMirrored(connection.state)) return ageOfLab(state, age);
  if (state === undefined) return strings.mirroredLater;
  const text =
    connection.state === 'stale'
      ? strings.mirroredThen(wholeDuration(age.since))
      : ageOfLab(state, age);
  return `${strings.mirrored} · ${text}`;
};

const ageOfLab = (state: ClusterState | undefined, { since, waited }: Age): string => {
  if (connection.state === 'recorded')
    return state === undefined ? strings.recordedLater : strings.recorded;
  const isOpen = answers(connection.state);
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

const renderBroker = (
  box: HTMLElement,
  broker: Broker,
  state: ClusterState,
  shown: ReadonlySet<string>,
): void => {
  const { partitions } = state;
  const id = brokerId(broker.name);
  box.dataset.broker = broker.name;
  // What is not up is down to whoever needs it; how, is a finer point.
  const isOut = broker.state === 'stopping' || broker.state === 'silent';
  const shownState = isOut ? 'down' : broker.state;
  if ((box.dataset.state ?? shownState) !== shownState) box.dataset.changed = '';
  box.dataset.state = shownState;
  // Never started, or removed: that is no accident.
  box.toggleAttribute('data-absent', broker.container === 'absent');
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
  setText(controls, isController(broker, state) ? strings.controller : '');
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
      if ((chip.dataset.role ?? role) !== role) chip.dataset.changed = '';
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
