/**
 * The class-data archive of Kafka's tools: a JVM that maps one starts in half the time. It is made
 * once inside each broker's container, since it fits the very Java and jars of that image, and goes
 * with the container. A container that cannot keep one just runs without.
 */
import { BROKERS, type Broker } from '../lab.ts';
import { LIGHT_FLAGS, LOCALE_FLAGS } from '../light.ts';
import type { Census } from './containers.ts';
import { type Engine, refusalOf } from './engine.ts';

/** Where it is in a container. */
export const ARCHIVE = '/tmp/lab-tools.jsa';

/** Kafka's start script takes the JVM's flags from here. */
export const FLAGS = 'KAFKA_JVM_PERFORMANCE_OPTS';

const flags = [...LIGHT_FLAGS, ...LOCALE_FLAGS];

/** The containers, by id, that were seen to have one, or were asked to make one. */
const known = new Map<string, 'present' | 'asked'>();

/** The value of FLAGS for a tool in this container. */
export const toolFlags = async (engine: Engine, container: string): Promise<string> =>
  // A JVM that is told of an archive that is not there does without its own default one, too.
  [...flags, ...((await has(engine, container)) ? [`-XX:SharedArchiveFile=${ARCHIVE}`] : [])].join(
    ' ',
  );

const has = async ({ docker }: Engine, container: string): Promise<boolean> => {
  if (known.get(container) === 'present') return true;
  try {
    await docker.getContainer(container).infoArchive({ path: ARCHIVE });
    known.set(container, 'present');
    return true;
  } catch {
    // 404, or an engine that will say so at the next request.
    return false;
  }
};

/**
 * $1 the archive, $2 the flags, $3 the broker. A JVM that maps half an archive crashes: hence it
 * gets its name when it is whole. Nice, since the reader's first commands come at the same time.
 */
const SCRIPT = `
[ -e "$1" ] && exit
part=$1.$$.part
trap 'rm -f "$part"' EXIT
${FLAGS}="$2 -XX:ArchiveClassesAtExit=$part" \\
  nice kafka-topics --bootstrap-server "$3" --list && mv "$part" "$1"
`;

/** In the background, once for each container; whether it came off shows at the next tool. */
export const makeArchives = async (engine: Engine, { ours }: Census): Promise<void> => {
  await Promise.all(
    BROKERS.map(async (broker) => {
      const found = ours.get(broker);
      if (found?.state === 'running') await makeArchive(engine, found.id, broker);
    }),
  );
};

export const makeArchive = async (
  { docker }: Engine,
  container: string,
  broker: Broker,
): Promise<void> => {
  if (known.has(container)) return;
  known.set(container, 'asked');
  try {
    const exec = await docker.getContainer(container).exec({
      Cmd: ['bash', '-c', SCRIPT, 'lab-archive', ARCHIVE, flags.join(' '), addressOf(broker)],
    });
    // Detached: it goes on when this process ends.
    (await exec.start({ Detach: true })).resume();
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
  }
};

const addressOf = (broker: Broker): string => `${broker}:${29092 + BROKERS.indexOf(broker)}`;
