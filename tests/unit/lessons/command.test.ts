import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../server/lessons/command.ts';
import { CommandError, splitCommands } from '../../../server/lessons/words.ts';

const parse = (text: string) => parseCommand(splitCommands(text)[0]?.words ?? []);

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
    ['./create_topic.sh orders 3', '토픽, 파티션 수, 복제 팩터'],
  ])('%s is refused, and the refusal says what was expected', (text, expected) => {
    expect(() => parse(text)).toThrow(CommandError);
    expect(() => parse(text)).toThrow(expected);
  });
});
