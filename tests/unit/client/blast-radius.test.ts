import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../server/lessons/command.ts';
import { touchesOf } from '../../../server/lessons/touches.ts';
import type { ClusterState } from '../../../server/protocol.ts';
import { radiusText } from '../../../src/client/blast-radius.ts';
import { clusterOf } from '../../cluster-state.ts';

type Partition = ClusterState['partitions'][number];

const touches = (...lines: readonly string[]) =>
  touchesOf(lines.map((text) => ({ text, action: parseCommand(text.split(' ')) })));

const partition = (
  topic: string,
  number: number,
  replicas: readonly number[],
  changes: Partial<Partition> = {},
): Partition => ({
  topic,
  partition: number,
  leader: replicas[0] ?? null,
  replicas: [...replicas],
  isr: [...replicas],
  end: 10,
  ...changes,
});
const state = clusterOf(10_000, {
  partitions: [
    partition('events', 0, [1, 2]),
    partition('events', 1, [3, 1]),
    partition('orders', 0, [1, 2, 3]),
    partition('orders', 1, [2, 3, 1]),
    partition('orders', 2, [3, 1, 2]),
  ],
  groups: [{ id: 'readers', state: 'Empty', stale: false, members: [], committed: [] }],
});
const stopped = (...names: readonly string[]): Partial<ClusterState> => ({
  brokers: state.brokers.map((each) =>
    names.includes(each.name) ? { ...each, container: 'exited', state: 'down' } : each,
  ),
});
const text = (line: string, changes: Partial<ClusterState> = {}): string =>
  radiusText(touches(line), { ...state, ...changes }, (topic) => topic === 'orders');

describe('what a command touches', () => {
  it.each([
    'docker start kafka1',
    'docker unpause kafka1',
    'docker-compose up -d',
    'docker-compose ps',
    'docker logs kafka1',
    'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --list',
    './create_topic.sh orders 3 3',
  ])('nothing: %s', (line) => {
    expect(touches(line)).toEqual([]);
  });

  it('is found out of what it does', () => {
    expect(touches('docker kill kafka1', 'docker-compose down -v')).toEqual([
      { kind: 'stop', containers: ['kafka1'] },
      { kind: 'down', volumes: true },
    ]);
  });

  it('the page’s topics by name, then how many others', () => {
    expect(text('docker stop kafka3')).toMatch(
      /^지금 kafka3: orders-2의 리더 \(다른 토픽의 리더도 1개\), 복제본 4개\./,
    );
    expect(text('docker pause kafka2')).toMatch(/^지금 kafka2: orders-1의 리더, 복제본 4개\./);
    expect(radiusText(touches('docker stop kafka3'), state, () => false)).toMatch(
      /^지금 kafka3: 다른 토픽의 리더 2개, 복제본 4개\./,
    );
  });

  it('which partitions are left with one replica in sync, or without a leader', () => {
    expect(text('docker stop kafka3')).toContain('events-1: ISR이 1개만 남습니다.');
    expect(text('docker stop kafka3')).not.toContain('리더가 될 브로커');
    const two = text('docker stop kafka2 kafka3', {
      partitions: [...state.partitions, partition('orders', 3, [2, 3])],
    });
    expect(two).toContain('orders-3: 리더가 될 브로커가 남지 않아');
    expect(two).toContain('orders-0, orders-1, orders-2, events-0 외 1개: ISR이 1개만');
    // Who has fallen out of the ISR takes nobody's place.
    const behind = [partition('orders', 0, [1, 2, 3], { isr: [1] })];
    expect(text('docker stop kafka1', { partitions: behind })).toContain(
      'orders-0: 리더가 될 브로커가 남지 않아',
    );
    expect(text('docker stop kafka2', { partitions: behind })).not.toContain('ISR이 1개만');
  });

  it('that what is down already is', () => {
    expect(text('docker stop kafka2', stopped('kafka2'))).toBe('지금 kafka2: 이미 멈춰 있음.');
    expect(text('docker-compose down', stopped('kafka1', 'kafka2', 'kafka3'))).toBe(
      '실행 중인 브로커가 없습니다.',
    );
  });

  it('that there is no container at all', () => {
    const brokers = state.brokers.map((each) => ({
      ...each,
      container: 'absent' as const,
      state: 'down' as const,
    }));
    const nothing: Partial<ClusterState> = {
      brokers,
      zookeeper: 'absent',
      partitions: [],
      toldAt: null,
    };
    expect(text('docker stop kafka1', nothing)).toBe('지금 kafka1: 없음.');
    expect(text('docker stop zookeeper', nothing)).toBe('지금 zookeeper: 없음.');
  });

  it('which brokers a drill may choose, and what they lead', () => {
    expect(text('./test_broker_failure.sh')).toBe(
      '훈련이 브로커를 골라 한 번에 두 대까지 멈췄다가 다시 시작합니다. ' +
        '지금 kafka1: 파티션 2개의 리더 · kafka2: 파티션 1개의 리더 · kafka3: 파티션 2개의 리더. ' +
        'events-0, events-1: 어느 브로커를 고르는지에 따라 그동안 읽고 쓸 수 없습니다.',
    );
    expect(text('./test_broker_failure.sh --scenario 3 --mode kill', stopped('kafka2'))).toBe(
      '훈련이 브로커를 골라 한 대를 강제로 끝냈다가 다시 시작합니다. ' +
        '지금 kafka1: 파티션 2개의 리더 · kafka3: 파티션 2개의 리더.',
    );
    expect(text('./test_broker_failure.sh', stopped('kafka1', 'kafka2', 'kafka3'))).toBe(
      '실행 중인 브로커가 없습니다.',
    );
    expect(text('./test_broker_failure.sh', { toldAt: null })).toContain('볼 수 없어');
  });

  it('what a drill takes away that has no choice', () => {
    expect(text('./test_broker_failure.sh --scenario unclean')).toMatch(
      /^지금 kafka1: .* · kafka2: orders-1의 리더.*멈춘 브로커는 훈련이 끝날 때 다시 시작합니다\.$/,
    );
    expect(touches('./test_broker_failure.sh --scenario 1')).toMatchObject([
      { brokers: ['kafka2'], most: 1 },
    ]);
  });

  it('all that goes with the containers, and with the volumes', () => {
    expect(text('docker-compose down')).toContain('브로커 3대가 모두 멈추고');
    expect(text('docker-compose down')).toContain('토픽 2개(파티션 5개)');
    expect(text('docker-compose down -v')).toBe(
      '지금 토픽 2개와 메시지 50개, 컨슈머 그룹 1개의 위치가 모두 지워집니다.',
    );
    const off = { ...stopped('kafka1', 'kafka2', 'kafka3'), partitions: [], toldAt: null };
    expect(text('docker-compose down -v', off)).toContain('무엇이 들어 있는지는 볼 수 없지만');
  });

  it('of a topic that is deleted', () => {
    const line = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --delete --topic';
    expect(text(`${line} orders`)).toBe('지금 orders: 파티션 3개와 메시지 30개가 지워집니다.');
    expect(text(`${line} nobodys`)).toBe('nobodys 토픽은 지금 없습니다.');
  });

  it('that all are stopped, however long ago they have told', () => {
    const off = { ...stopped('kafka1', 'kafka2', 'kafka3'), toldAt: 1_000 };
    expect(text('docker stop kafka1', off)).toBe('지금 kafka1: 이미 멈춰 있음.');
    expect(text('docker-compose down', off)).toBe('실행 중인 브로커가 없습니다.');
    expect(text('docker-compose down -v', off)).toContain('무엇이 들어 있는지는 볼 수 없지만');
    const line = 'docker exec kafka1 kafka-topics --bootstrap-server kafka1:29092 --delete --topic';
    expect(text(`${line} orders`, off)).toBe(
      '실행 중인 브로커가 없습니다. 토픽은 브로커를 시작한 뒤에 볼 수 있습니다.',
    );
  });

  it.each<[string, Partial<ClusterState>]>([
    ['never seen', { seenAt: null }],
    ['seen too long ago', { seenAt: 1_000 }],
    ['told too long ago', { toldAt: 1_000 }],
    ['never told', { toldAt: null }],
  ])('nobody knows of a cluster that was %s', (_, changes) => {
    expect(text('docker stop kafka3', changes)).toMatch(/^지금은 클러스터를 볼 수 없어/);
  });
});
