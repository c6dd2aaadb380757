/** What to type next, to bring the cluster where a chapter begins: commands of the guide, one at a time. */
import type { Lack } from '../cluster/lacking.ts';
import type { Command } from './action.ts';
import { parseCommand } from './command.ts';
import type { Makers } from './makers.ts';
import { splitCommands } from './words.ts';

/**
 * After it, the cluster is to be looked at anew: what comes next may be known only then.
 *
 * @returns `undefined` where no command helps: all is there, or will be, or is the reader's to do.
 */
export const nextCommand = (lack: Lack, makers: Makers): Command | undefined => {
  const { unpause, start, coming, topics, stop } = lack;
  if (unpause.length > 0) return typed(`docker unpause ${unpause.join(' ')}`);
  if (start.length > 0) return typed('docker-compose up -d');
  if (coming.length > 0 || topics === undefined) return undefined;
  const [remove] = topics.remove;
  if (remove !== undefined) return removal(remove.topic);
  const [create] = topics.create;
  if (create !== undefined) return makers.topic(create);
  const [group] = topics.prepare;
  if (group !== undefined) return makers.group(group);
  return stop.length > 0 ? typed(`docker stop ${stop.join(' ')}`) : undefined;
};

export const removal = (topic: string): Command =>
  typed(
    `docker exec -it kafka1 kafka-topics --bootstrap-server kafka1:29092 --delete --topic ${topic}`,
  );

const typed = (line: string): Command => {
  const [command] = splitCommands(line);
  if (command === undefined) throw new Error(`no command: ${line}`);
  return { text: command.text, action: parseCommand(command.words) };
};
