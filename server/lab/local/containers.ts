/** The containers as they are: their records, held against the processes that run. */
import { CONTAINERS, type Container, type ContainerState } from '../lab.ts';
import { exitOf } from './exits.ts';
import { type Ours, ours } from './processes.ts';
import { type ContainerRecord, readRecord } from './record.ts';
import type { Site } from './site.ts';
import { exitedWords, runningWords } from './status.ts';

export interface Observed {
  readonly name: Container;
  readonly state: ContainerState['state'];
  readonly record: ContainerRecord | undefined;
}

/** In the order of CONTAINERS. */
export const observe = async (site: Site): Promise<readonly Observed[]> => {
  const records = CONTAINERS.map((name) => ({ name, record: readRecord(site, name) }));
  const pids = records.flatMap(({ record }) =>
    record === undefined || record.exit !== undefined ? [] : [record.pid],
  );
  const running = await ours(site, pids);
  return records.map(({ name, record }) => ({
    name,
    record,
    state: stateOf(name, record, running),
  }));
};

export const observeOne = async (site: Site, name: Container): Promise<Observed> => {
  const record = readRecord(site, name);
  const pids = record === undefined || record.exit !== undefined ? [] : [record.pid];
  return { name, record, state: stateOf(name, record, await ours(site, pids)) };
};

const stateOf = (
  name: Container,
  record: ContainerRecord | undefined,
  running: readonly Ours[],
): ContainerState['state'] => {
  if (record === undefined) return 'absent';
  const process = running.find(
    ({ pid, role, container }) => pid === record.pid && role === 'container' && container === name,
  );
  if (process === undefined) return 'exited';
  return process.paused ? 'paused' : 'running';
};

/** With Docker's words. */
export const describe = ({ name, state, record }: Observed): ContainerState => ({
  name,
  state,
  status: record === undefined ? '' : statusOf(state, record),
});

const statusOf = (state: ContainerState['state'], record: ContainerRecord): string =>
  state === 'exited'
    ? exitedWords(record.exit ?? exitOf(record))
    : runningWords(record.startedAt, state === 'paused');
