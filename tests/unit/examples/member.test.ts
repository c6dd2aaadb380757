import { EventEmitter } from 'node:events';
import type { Kafka } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { joinGroup, printable } from '../../../examples/member.ts';

describe('a member', () => {
  it('does not say that it left when no coordinator has said so', async () => {
    const emitter = new EventEmitter();
    const done = async (): Promise<void> => {};
    // As kafkajs in the middle of a crash: it ends without a word, whatever became of the leave.
    const consumer = {
      events: { GROUP_JOIN: 'join', CRASH: 'crash', REBALANCING: 're', END_BATCH_PROCESS: 'end' },
      on: (event: string, listener: (given: object) => void) => emitter.on(event, listener),
      connect: done,
      subscribe: done,
      run: done,
      disconnect: done,
    };
    const kafka = { consumer: () => consumer } as unknown as Kafka;
    const abort = AbortSignal.abort();
    const member = await joinGroup({ kafka, topic: 'orders', name: '컨슈머', abort });
    emitter.emit('join', { payload: { memberId: 'member', memberAssignment: {} } });
    expect(await member.leave()).toBe(false);
  });
});

describe('a message', () => {
  it('cannot steer the terminal that it is printed on', () => {
    expect(printable('{"a":1}\x1b]5379;x\x07\r\n한글\x9b2J')).toBe(
      '{"a":1}\\x1b]5379;x\\x07\\x0d\\x0a한글\\x9b2J',
    );
  });
});
