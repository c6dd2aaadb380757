import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../server/lessons/command.ts';
import { parseFilter } from '../../../server/lessons/grep.ts';
import { CommandError, splitCommands } from '../../../server/lessons/words.ts';

const parse = (text: string) => parseCommand(splitCommands(text)[0]?.words ?? []);

const HUGE = 'x'.repeat(10_000_000);

describe('the commands of the guide', () => {
  it.each([
    ['cd examples', { kind: 'cd' }],
    ['docker-compose up -d', { kind: 'up' }],
    ['docker compose up -d', { kind: 'up' }],
    ['docker-compose ps', { kind: 'ps' }],
    ['docker-compose down', { kind: 'down', volumes: false }],
    ['docker compose down -v', { kind: 'down', volumes: true }],
    [
      'docker stop kafka2 kafka3',
      { kind: 'control', verb: 'stop', containers: ['kafka2', 'kafka3'] },
    ],
    ['docker logs kafka1', { kind: 'logs', container: 'kafka1', tail: undefined, follow: false }],
    [
      'docker logs --tail 100 -f zookeeper',
      { kind: 'logs', container: 'zookeeper', tail: 100, follow: true },
    ],
    [
      'docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092 --list',
      {
        kind: 'exec',
        container: 'kafka1',
        tool: 'kafka-topics',
        args: ['--bootstrap-server', 'kafka1:29092', '--list'],
        interactive: true,
        tty: true,
      },
    ],
    [
      'docker exec -i kafka1 kafka-topics.sh',
      {
        kind: 'exec',
        container: 'kafka1',
        tool: 'kafka-topics',
        args: [],
        interactive: true,
        tty: false,
      },
    ],
    [
      './create_topic.sh orders 3 3',
      { kind: 'example', program: 'create_topic', args: ['orders', '3', '3'] },
    ],
    [
      './create_topic.sh orders 3 3 with-group',
      { kind: 'example', program: 'create_topic', args: ['orders', '3', '3', 'with-group'] },
    ],
    [
      './test_broker_failure.sh --scenario 3 --mode kill',
      {
        kind: 'example',
        program: 'test_broker_failure',
        args: ['--scenario', '3', '--mode', 'kill'],
      },
    ],
    [
      'node producer_example.ts --partitioner round-robin --count 60',
      {
        kind: 'example',
        program: 'producer_example',
        args: ['--partitioner', 'round-robin', '--count', '60'],
      },
    ],
    [
      'node consumer_example.ts --threads 3',
      { kind: 'example', program: 'consumer_example', args: ['--threads', '3'] },
    ],
    ['docker volume prune', { kind: 'prune' }],
  ])('%s', (text, action) => {
    expect(parse(text)).toEqual(action);
  });

  it.each([
    ['rm -rf /', 'docker-compose'],
    ['cd ..', 'cd examples'],
    ['docker-compose up', 'up -d'],
    ['docker run -it ubuntu', 'exec'],
    ['docker stop', 'kafka1'],
    ['docker stop postgres', 'kafka1'],
    ['docker exec kafka1 bash', 'kafka-topics'],
    ['docker exec --privileged kafka1 kafka-topics', '--tty'],
    ['docker logs --tail x kafka1', '줄 수'],
    ['docker logs kafka1 kafka2', '하나'],
    ['docker logs --details kafka1', '--tail N'],
    ['docker logs --since=1h', '--tail N'],
    ['./create_topic.sh orders 3', '토픽 파티션수 복제팩터'],
    ['./create_topic.sh -x 3 3', '토픽 파티션수 복제팩터'],
    ['./create_topic.sh orders 3 3 with-groups', 'with-group'],
    ['./test_broker_failure.sh --scenario 5', '--scenario'],
    ['./test_broker_failure.sh now', '사용법'],
    ['node x.ts', 'producer_example.ts'],
    ['node producer_example.ts --rate 0', '--rate'],
    ['node producer_example.ts --acks 2', 'all, 1, 0'],
    ['node consumer_example.ts --threads eleven', '--threads'],
    ['docker volume rm x', 'volume prune'],
  ])('%s is refused, and the refusal says what was expected', (text, expected) => {
    expect(() => parse(text)).toThrow(CommandError);
    expect(() => parse(text)).toThrow(expected);
  });

  it('are refused with a newline in a word, where a terminal can give one', () => {
    expect(() => parseCommand(['docker', 'stop', 'kafka1\nkafka2'])).toThrow(CommandError);
    expect(() => splitCommands("docker stop 'kafka1\nkafka2'")).toThrow(CommandError);
  });

  it.each([
    ['docker', 'stop', HUGE],
    ['docker', 'exec', 'kafka1', HUGE],
    ['node', 'producer_example.ts', '--topic', HUGE],
    ['./create_topic.sh', HUGE, '3', '3', HUGE],
    [HUGE],
  ])('are refused with 10 MB in a word, in a sentence that can be read', (...words) => {
    const refusal = captureError(() => parseCommand(words));
    expect(refusal).toBeInstanceOf(CommandError);
    expect(refusal.message.length).toBeLessThan(1_000);
  });
});

describe('what follows a pipe', () => {
  it('is grep with a pattern, basic or extended', () => {
    expect(parseFilter(['grep', 'a b'])).toEqual({ extended: false, pattern: 'a b' });
    expect(parseFilter(['grep', '-E', 'a|b'])).toEqual({ extended: true, pattern: 'a|b' });
  });

  it.each([
    ['another program', ['tee', 'a']],
    ['another path', ['/tmp/grep', 'a']],
    ['no pattern', ['grep', '-E']],
    ['a file', ['grep', 'a', '/etc/passwd']],
    ['an option', ['grep', '-r']],
    ['an option in place of a pattern', ['grep', '-E', '--file=/etc/passwd']],
  ])('is refused where it is %s', (_, words) => {
    expect(() => parseFilter(words)).toThrow(CommandError);
  });
});

const captureError = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it was not refused');
};
