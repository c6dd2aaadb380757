/** Consumer groups on the page: who reads what, and how far behind. */
import { keyOf } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { groups as strings } from '../strings/changes.ts';
import { keep, setText } from './keep.ts';

type Group = ClusterState['groups'][number];
type Member = Group['members'][number];

export const renderGroups = (root: Element, { groups, partitions }: ClusterState): void => {
  const list = root.querySelector('[data-part="groups"]');
  const section = root.querySelector<HTMLElement>('.groups');
  const rest = root.querySelector('[data-part="other-groups"]');
  if (list === null || section === null || rest === null) return;
  section.hidden = groups.length === 0;
  const ends = new Map(partitions.map((each) => [keyOf(each), each.end]));
  const shown = shownGroups(groups);
  keep(
    list,
    shown,
    ({ id }) => id,
    (box, group) => renderGroup(box, group, ends),
  );
  const others = groups.length - shown.length;
  setText(rest, others === 0 ? '' : strings.others(others));
};

/** Groups that are drawn; a lesson's own are two. */
const MOST = 6;

/** Of many groups, those that somebody is in first; then in their order. */
export const shownGroups = (groups: readonly Group[]): readonly Group[] => {
  const first = groups.toSorted(
    (left, right) => Number(right.members.length > 0) - Number(left.members.length > 0),
  );
  const shown = new Set(first.slice(0, MOST));
  return groups.filter((group) => shown.has(group));
};

const renderGroup = (
  box: HTMLElement,
  group: Group,
  ends: ReadonlyMap<string, number | null>,
): void => {
  box.className = 'group';
  box.dataset.group = group.id;
  box.dataset.state = group.state;
  box.toggleAttribute('data-stale', group.stale);
  if (box.firstElementChild === null) {
    box.innerHTML = '<h4></h4><p><span></span> <span></span></p><ul role="list"></ul>';
  }
  const [name, state, behind, list] = box.querySelectorAll('h4, p > span, ul');
  if (name === undefined || state === undefined || behind === undefined || list === undefined)
    return;
  setText(name, group.id);
  setText(state, stateText(group));
  setText(behind, strings.behind(lagOf(group, ends)));
  keep(
    list,
    group.members,
    ({ id }) => id,
    (line, member) => renderMember(line, member, group, ends),
    'li',
  );
};

const renderMember = (
  line: HTMLElement,
  { client, id, assigned }: Member,
  { state, committed }: Group,
  ends: ReadonlyMap<string, number | null>,
): void => {
  if (line.firstElementChild === null)
    line.append(document.createElement('span'), document.createElement('span'));
  const [name, chips] = line.children;
  if (name === undefined || chips === undefined) return;
  // Members of one program share its name; the end of the id tells them apart.
  setText(name, strings.member(client, id.slice(-4)));
  const idle = assigned.length === 0;
  line.toggleAttribute('data-idle', idle);
  // Until all have joined, nobody knows what any of them gets.
  const nothing = state === 'Stable' ? strings.idle : strings.unassigned;
  const read = new Map(committed.map((each) => [keyOf(each), each.offset]));
  keep(
    chips,
    idle ? [nothing] : assigned.map(keyOf),
    (text) => text,
    (chip, text) => {
      chip.className = idle ? '' : 'assigned';
      const [end, offset] = [ends.get(text), read.get(text)];
      const known = typeof end === 'number' && offset !== undefined;
      setText(
        chip,
        idle ? text : strings.assigned(text, known ? Math.max(0, end - offset) : undefined),
      );
    },
    'span',
  );
};

export const stateText = ({ state, stale }: Group): string => {
  const words: Readonly<Record<string, string>> = strings.states;
  const word = words[state] ?? state;
  return stale ? strings.stale(word) : word;
};

/**
 * Messages that are there and not committed as read; `undefined` where an end is not known now, or
 * somebody reads, or may get, a partition of which nothing was committed yet.
 */
export const lagOf = (
  { committed, members }: Pick<Group, 'committed' | 'members'>,
  ends: ReadonlyMap<string, number | null>,
): number | undefined => {
  const read = new Set(committed.map(keyOf));
  // Of a partition that was never written to, nothing is left to read.
  const isRead = (key: string): boolean => read.has(key) || ends.get(key) === 0;
  if (!members.every(({ assigned }) => assigned.map(keyOf).every(isRead))) return undefined;
  // While it rebalances, they get what there is of their topics.
  const topics = new Set(committed.map(({ topic }) => topic));
  const all = [...ends.keys()].filter((key) => topics.has(key.slice(0, key.lastIndexOf('-'))));
  const waits = members.some(({ assigned }) => assigned.length === 0);
  const isNew = committed.length === 0 && (waits || members.length === 0);
  if (isNew || (waits && !all.every(isRead))) return undefined;
  let lag = 0;
  for (const each of committed) {
    const end = ends.get(keyOf(each));
    if (end === undefined || end === null) return undefined;
    lag += Math.max(0, end - each.offset);
  }
  return lag;
};
