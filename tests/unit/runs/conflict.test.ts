import { expect, it } from 'vitest';
import { parseCommand } from '../../../server/lessons/command.ts';
import { makersOf } from '../../../server/lessons/makers.ts';
import { splitCommands } from '../../../server/lessons/words.ts';
import { conflictOf, consumersOf } from '../../../server/runs/conflict.ts';

const step = (...lines: string[]) => ({
  id: `a/${lines.join('-').replaceAll(/[^a-z0-9]/g, '')}`,
  props: { id: 'x', title: lines.join(', ') },
  commands: splitCommands(lines.join('\n')).map(({ text, words }) => ({
    text,
    action: parseCommand(words),
  })),
});

const up = step('docker-compose up -d');
const down = step('docker-compose down -v');
const prune = step('docker volume prune');
const stop = step('docker stop kafka1');
const start = step('docker start kafka2', 'docker-compose up -d');
const drill = step('./test_broker_failure.sh --scenario 1');
const producer = step('node producer_example.ts');
const describeTopics = step('docker exec -it kafka1 kafka-topics --describe');
const logs = step('docker logs -f kafka1');
const checkpoint = {
  id: 'topics/start',
  props: { id: 'start', title: 'start' },
  commands: [],
  checkpoint: { needs: [], makes: [], makers: makersOf([]) },
};

it.each([
  ['two that make the cluster', up, up],
  ['making and removing it', up, down],
  ['removing it during a drill', prune, drill],
  ['a drill while it is made', drill, up],
  ['two drills', drill, drill],
  ['stopping a broker during a drill', stop, drill],
  ['a drill while a broker is stopped', drill, stop],
  ['making it while a broker is stopped', up, stop],
  ['stopping a broker while all is made', stop, up],
  ['one line of several', start, drill],
  ['a checkpoint while a broker is stopped', checkpoint, stop],
  ['stopping a broker during a checkpoint', stop, checkpoint],
  ['a checkpoint during a drill', checkpoint, drill],
  ['two checkpoints', checkpoint, checkpoint],
])('%s wait for each other', (_, wanted, running) => {
  expect(conflictOf(wanted, [producer, running])).toBe(running);
});

it.each([
  ['a producer through a stop', producer, stop],
  ['a stop under a producer', stop, producer],
  ['describing during a drill', describeTopics, drill],
  ['logs while all is made', logs, up],
  ['two single brokers', stop, stop],
  ['a checkpoint under a producer', checkpoint, producer],
  ['a removal under a producer', down, producer],
])('%s may run beside it', (_, wanted, running) => {
  expect(conflictOf(wanted, [running])).toBeUndefined();
});

it('knows whose program consumes in a group', () => {
  const consumer = step('node consumer_example.ts --threads 3');
  const running = [producer, consumer, logs];
  expect(consumersOf('order_processing_group', running)).toEqual([consumer]);
  expect(consumersOf('nobodys', running)).toEqual([]);
});
