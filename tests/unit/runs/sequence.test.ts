import { describe, expect, it } from 'vitest';
import type { Process } from '../../../server/lab/lab.ts';
import { task } from '../../../server/lab/process.ts';
import { sequence } from '../../../server/runs/sequence.ts';
import { waitFor } from '../../wait.ts';

const exits = (code: number) => () => task(async () => code);

describe('several commands in one step', () => {
  it('run in order and end with the first that fails', async () => {
    const ran: string[] = [];
    const named = (name: string, code: number) => () => {
      ran.push(name);
      return task(async () => code);
    };
    const process = sequence([named('a', 0), named('b', 3), named('c', 0)]);
    expect(await process.exited).toBe(3);
    expect(ran).toEqual(['a', 'b']);
  });

  it('begin no further one after a signal, even where the signalled one ends well', async () => {
    let release = (): void => {};
    const waits = () =>
      task(async () => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return 0;
      });
    let begun = false;
    const process = sequence([
      waits,
      () => {
        begun = true;
        return exits(0)();
      },
    ]);
    process.signal('interrupt');
    release();
    expect(await process.exited).toBe(0);
    expect(begun).toBe(false);
  });

  it('end with 130 when Ctrl+C is typed into an operation of the lab', async () => {
    const process = sequence([
      () =>
        task(
          (abort) =>
            new Promise((_, reject) => {
              abort.addEventListener('abort', () => reject(new Error('aborted')));
            }),
        ),
    ]);
    process.write(Buffer.from('\x03'));
    expect(await process.exited).toBe(130);
  });

  it('have no more input after its end, also those that begin later', async () => {
    const ended: string[] = [];
    const first = Promise.withResolvers<number>();
    const begin = (name: string, exited: Promise<number>) => (): Process => ({
      ...exits(0)(),
      exited,
      end: () => ended.push(name),
    });
    const process = sequence([begin('a', first.promise), begin('b', Promise.resolve(0))]);
    process.end();
    first.resolve(0);
    expect(await process.exited).toBe(0);
    expect(ended).toEqual(['a', 'b']);
  });

  it('stay paused from one to the next, and go on together', async () => {
    const calls: string[] = [];
    const make = (name: string) => {
      const exited = Promise.withResolvers<number>();
      const begin = (): Process => ({
        ...exits(0)(),
        exited: exited.promise,
        pause: () => calls.push(`pause ${name}`),
        resume: () => calls.push(`resume ${name}`),
      });
      return { begin, exit: () => exited.resolve(0) };
    };
    const [a, b, c] = [make('a'), make('b'), make('c')];
    const process = sequence([a.begin, b.begin, c.begin]);
    process.pause();
    a.exit();
    await waitFor('the second', () => calls.length === 2);
    process.resume();
    b.exit();
    c.exit();
    expect(await process.exited).toBe(0);
    expect(calls).toEqual(['pause a', 'pause b', 'resume b']);
    process.pause();
    process.resume();
  });
});
