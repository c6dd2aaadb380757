import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, byId, difference, inOrder, onlySeen } from '../../../server/cluster/changes.ts';
import { ClusterChange, ClusterState } from '../../../server/protocol.ts';

const container = fc.constantFrom('running', 'paused', 'exited', 'absent');
const id = fc.integer({ min: 1, max: 3 });
const idOrNone = fc.option(id, { nil: null });
const partition = fc.record({
  topic: fc.constantFrom('orders', 'events', 'logs'),
  partition: fc.integer({ min: 0, max: 11 }),
  leader: idOrNone,
  replicas: fc.uniqueArray(id),
  isr: fc.uniqueArray(id),
  end: fc.option(fc.nat(), { nil: null }),
});
const assigned = fc.record({ topic: fc.constant('orders'), partition: fc.nat(3) });
const group = fc.record({
  id: fc.constantFrom('order_processing_group', 'console-consumer-1'),
  state: fc.constantFrom('Stable', 'PreparingRebalance', 'Empty'),
  stale: fc.boolean(),
  members: fc.array(
    fc.record({ id: fc.string(), client: fc.string(), assigned: fc.array(assigned) }),
    { maxLength: 3 },
  ),
  committed: fc.array(fc.tuple(assigned, fc.nat()).map(([at, offset]) => ({ ...at, offset }))),
});
const broker = (name: string) =>
  fc.record({
    name: fc.constant(name),
    container,
    state: fc.constantFrom('up', 'starting', 'stopping', 'silent', 'down'),
    registered: fc.option(fc.boolean(), { nil: null }),
  });
const state = fc
  .record({
    type: fc.constant('cluster.state'),
    at: fc.nat(),
    zookeeper: container,
    brokers: fc.tuple(broker('kafka1'), broker('kafka2'), broker('kafka3')),
    seenAt: fc.option(fc.nat(), { nil: null }),
    toldAt: fc.option(fc.nat(), { nil: null }),
    controller: idOrNone,
    partitions: fc
      .uniqueArray(partition, { selector: (each) => `${each.topic}-${each.partition}` })
      .map((partitions) => partitions.toSorted(inOrder)),
    groups: fc
      .uniqueArray(group, { selector: (each) => each.id })
      .map((groups) => groups.toSorted(byId)),
  })
  .map((state) => ClusterState.parse(state));

describe('changes', () => {
  it('lead from one state to the other, also over the wire', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        const sent = ClusterChange.parse(JSON.parse(JSON.stringify(difference(from, to))));
        expect(apply(from, sent)).toEqual(to);
      }),
    );
  });

  it('are none where nothing but the time is news', () => {
    fc.assert(
      fc.property(state, fc.nat(), (state, at) => {
        expect(difference(state, { ...state, at, toldAt: at }).changes).toEqual([]);
      }),
    );
  });

  it('of a cluster that tells nothing are those of its containers alone', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        const { changes } = difference(from, to);
        expect(onlySeen({ toldAt: 1 }, { toldAt: 2 }, changes)).toEqual(changes);
        for (const [before, after] of [
          [1, null],
          [null, 2],
        ] as const) {
          const seen = onlySeen({ toldAt: before }, { toldAt: after }, changes);
          expect(seen).toEqual(changes.filter((each) => /broker|zookeeper/.test(each.kind)));
        }
      }),
    );
  });
});
