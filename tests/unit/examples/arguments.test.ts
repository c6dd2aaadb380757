import { describe, expect, it } from 'vitest';
import { USAGE } from '../../../examples/arguments.ts';

describe('a wrong argument', () => {
  it.each([
    ['producer_example', ['--foo'], '--foo'],
    ['producer_example', ['--count', '-1'], '--count'],
    ['producer_example', ['--count', 'abc'], '--count'],
    ['producer_example', ['--topic', 'bad topic'], '--topic'],
    ['consumer_example', ['--topic', '..'], '--topic'],
    ['consumer_example', ['--threads', '11'], '--threads'],
    ['consumer_example', ['orders'], 'orders'],
    ['test_broker_failure', ['--ledger'], '--ledger'],
    ['test_broker_failure', ['--mode', 'pause'], '--mode'],
  ] as const)('of %s (%s) is named, before the usage', (program, args, culprit) => {
    const [first, second] = USAGE[program](args)?.split('\n') ?? [];
    expect(first).toContain(culprit);
    expect(second).toMatch(/^사용법: /);
  });
});
