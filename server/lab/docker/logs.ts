/** `docker logs`: what a container printed. */
import { LabError, OutcomeUnknown } from '../../errors.ts';
import { type Gate, piecesOf } from '../gate.ts';
import { isAbsent } from '../korean.ts';
import type { Container, LogsOptions, Stdio } from '../lab.ts';
import { census } from './containers.ts';
import { ask, connectionError, ENGINE_GONE, type Engine } from './engine.ts';
import { demultiplexer } from './frames.ts';
import type { Site } from './site.ts';

export const logs = async (
  site: Site,
  name: Container,
  { tail, follow }: LogsOptions,
  stdio: Stdio,
  abort: AbortSignal,
  gate: Gate,
): Promise<number> => {
  const engine = await site.engine();
  const found = (await census(site)).ours.get(name);
  if (found === undefined) throw new LabError('cluster-down', isAbsent(name));
  const write = demultiplexer(stdio);
  const give = async (bytes: Buffer): Promise<void> => {
    for (const piece of piecesOf(bytes)) {
      await gate.open();
      write(piece);
    }
  };
  const lines = tail === undefined ? {} : { tail };
  if (!follow) {
    await give(await read(engine, found.id, lines));
    return 0;
  }
  const stream = await ask(engine, ({ docker }) =>
    docker
      .getContainer(found.id)
      .logs({ stdout: true, stderr: true, follow: true, abortSignal: abort, ...lines }),
  );
  try {
    // It ends with the container.
    for await (const chunk of stream) {
      // Until the next is asked for, the engine waits.
      if (Buffer.isBuffer(chunk)) await give(chunk);
    }
  } catch (error) {
    if (abort.aborted || connectionError(error) === undefined) throw error;
    throw new OutcomeUnknown(ENGINE_GONE, { cause: error });
  }
  abort.throwIfAborted();
  return 0;
};

/** Milliseconds: a log may be large. */
const READ = 60_000;

const read = (engine: Engine, id: string, lines: { readonly tail?: number }): Promise<Buffer> =>
  ask(
    engine,
    ({ docker }) =>
      docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false, ...lines }),
    READ,
  );

/** The last lines as text, stdout and stderr together. */
export const lastLines = async (engine: Engine, id: string, count: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  const collect = (bytes: Uint8Array): void => void chunks.push(bytes);
  demultiplexer({ stdout: collect, stderr: collect, size: undefined })(
    await read(engine, id, { tail: count }),
  );
  return Buffer.concat(chunks).toString();
};
