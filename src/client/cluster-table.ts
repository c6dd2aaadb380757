/** The same facts as the picture, in tables: all of them, also where the picture only counts. */
import { keyOf } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { groups as groupStrings } from '../strings/changes.ts';
import { cluster as strings } from '../strings/cluster.ts';
import { endText, isController, wordFor } from './cluster-facts.ts';
import { lagOf, stateText } from './group-render.ts';
import { keep, setText } from './keep.ts';

type Partition = ClusterState['partitions'][number];

export const renderTable = (root: Element, state: ClusterState): void => {
  const rows = (name: string): Element => {
    const found = root.querySelector(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no ${name}`);
    return found;
  };
  const { brokers, partitions, groups } = state;
  const isOpen = rows('rows').closest('details')?.open === true;
  keep(
    rows('rows'),
    partitions,
    keyOf,
    (row, partition) => renderPartition(row, partition, isOpen),
    'tr',
  );
  if (!isOpen) return;
  keep(
    rows('broker-rows'),
    brokers,
    ({ name }) => name,
    (row, broker) => {
      const controls = isController(broker, state) ? strings.yes : '';
      renderCells(row, broker.name, [wordFor(broker, state), controls]);
    },
    'tr',
  );
  const ends = new Map(partitions.map((each) => [keyOf(each), each.end]));
  keep(
    rows('group-rows'),
    groups,
    ({ id }) => id,
    (row, group) => {
      const lag = lagOf(group, ends)?.toLocaleString('ko') ?? strings.unknown;
      const members = group.members.map(({ client, assigned }) =>
        groupStrings.reads(client, assigned.map(keyOf)),
      );
      renderCells(row, group.id, [stateText(group), members.join('; ') || '0', lag]);
    },
    'tr',
  );
};

/** What it says as attributes is there always; its cells, while the table is open. */
const renderPartition = (row: HTMLElement, partition: Partition, isOpen: boolean): void => {
  mark(row, partition);
  if (!isOpen || filled.get(row) === partition) return;
  filled.set(row, partition);
  const { leader = '', replicas = '', isr = '' } = row.dataset;
  const head = renderCells(row, '', [leader, replicas, isr, endText(partition)]);
  if (head.firstElementChild === null) head.append(document.createElement('button'));
  const button = head.querySelector('button');
  if (button === null) return;
  button.dataset.replica = keyOf(partition);
  button.dataset.broker = `kafka${partition.leader ?? partition.replicas[0]}`;
  setText(button, keyOf(partition));
};

/** What each row says, and shows; a partition that has not changed is the same object as before. */
const marked = new WeakMap<HTMLElement, Partition>();
const filled = new WeakMap<HTMLElement, Partition>();

/** Only what differs: hundreds may change at once. */
const mark = (row: HTMLElement, partition: Partition): void => {
  const was = marked.get(row);
  if (was === partition) return;
  marked.set(row, partition);
  const { leader, replicas, isr } = partition;
  if (was === undefined) row.dataset.partition = keyOf(partition);
  if (was?.leader !== leader) row.dataset.leader = leader === null ? 'none' : `${leader}`;
  if (was?.replicas.join() !== replicas.join()) row.dataset.replicas = replicas.join();
  if (was?.isr.join() !== isr.join()) row.dataset.isr = isr.toSorted().join();
};

/** Returns the cell of the head; without a text for it, what is in it stays. */
const renderCells = (row: HTMLElement, head: string, texts: readonly string[]): Element => {
  if (row.firstElementChild === null)
    row.innerHTML = `<th scope="row"></th>${'<td></td>'.repeat(texts.length)}`;
  const [first = row, ...cells] = row.children;
  for (const [index, cell] of cells.entries()) setText(cell, texts[index] ?? '');
  if (head !== '') setText(first, head);
  return first;
};
