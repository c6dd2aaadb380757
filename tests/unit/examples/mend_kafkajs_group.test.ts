import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { hasLeft } from '../../../examples/mend_kafkajs_group.ts';

const require = createRequire(import.meta.url);
const ConsumerGroup = require('kafkajs/src/consumer/consumerGroup');
const { KafkaJSConnectionError, KafkaJSError } = require('kafkajs/src/errors');

const refuse = (type: string): Error => Object.assign(new KafkaJSError(type), { type });

/** A member, as much of it as matters here, whose coordinator `old` always answers with `error`. */
const makeMember = (error: Error, memberId = 'member') => {
  const asked: string[] = [];
  const broker = (name: string, answer: () => void) => {
    const ask = (request: string) => async () => {
      asked.push(`${name} ${request}`);
      answer();
    };
    return { heartbeat: ask('heartbeat'), leaveGroup: ask('leave'), offsetCommit: ask('commit') };
  };
  const old = broker('old', () => {
    throw error;
  });
  const group = new ConsumerGroup({
    retry: { initialRetryTime: 1, retries: 3 },
    cluster: { findGroupCoordinator: async () => broker('new', () => {}) },
    groupId: 'group',
    topics: [],
    topicConfigurations: {},
    instrumentationEmitter: { emit: () => {} },
    logger: { namespace: () => ({}) },
    assigners: [],
  });
  const offsetManager = {
    coordinator: old,
    commitOffsets: () => offsetManager.coordinator.offsetCommit(),
  };
  Object.assign(group, { memberId, coordinator: old, offsetManager, lastRequest: 0 });
  return { group, asked };
};

const REQUESTS = [
  [
    'heartbeat',
    (group: { heartbeat(options: object): Promise<void> }) => group.heartbeat({ interval: 0 }),
  ],
  ['commit', (group: { commitOffsets(): Promise<void> }) => group.commitOffsets()],
  ['leave', (group: { leave(): Promise<void> }) => group.leave()],
] as const;

describe.each(REQUESTS)('a %s', (request, send) => {
  it.each([
    ['is gone', new KafkaJSConnectionError('connect ECONNREFUSED')],
    ['is it no more', refuse('NOT_COORDINATOR_FOR_GROUP')],
    ['is stopping', refuse('GROUP_COORDINATOR_NOT_AVAILABLE')],
    ['still loads the group', refuse('GROUP_LOAD_IN_PROGRESS')],
  ])('goes to the new coordinator when the old one %s', async (_, error) => {
    const { group, asked } = makeMember(error);
    await send(group);
    expect(asked).toEqual([`old ${request}`, `new ${request}`]);
  });

  it('is not repeated when the coordinator refuses it', async () => {
    const { group, asked } = makeMember(refuse('GROUP_AUTHORIZATION_FAILED'));
    await expect(send(group)).rejects.toThrow('GROUP_AUTHORIZATION_FAILED');
    expect(asked).toEqual([`old ${request}`]);
  });
});

describe('a member', () => {
  it.each([
    ['has left', 'once a coordinator has answered', refuse('NOT_COORDINATOR_FOR_GROUP'), true],
    ['has left', 'when the group did not know it any more', refuse('UNKNOWN_MEMBER_ID'), true],
    ['has not left', 'when it was refused', refuse('GROUP_AUTHORIZATION_FAILED'), false],
  ])('%s %s', async (_, when, error, expected) => {
    const { group } = makeMember(error, when);
    expect(hasLeft(when)).toBe(false);
    await group.leave().catch(() => {});
    expect(hasLeft(when)).toBe(expected);
  });
});
