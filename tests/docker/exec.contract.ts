/** What is run in a container: signals, its terminal, and that nothing of it is left. The cluster runs. */
import { describe, expect, it } from 'vitest';
import { OutcomeUnknown } from '../../server/errors.ts';
import { census } from '../../server/lab/docker/containers.ts';
import { openSession } from '../../server/lab/docker/session.ts';
import { capture, until } from '../integration/capture.ts';
import { type DockerHome, docker, pause } from './docker-home.ts';
import { commandsIn, idle } from './tools.ts';

const SCREEN = { cols: 100, rows: 30 };

export const describeExec = (home: () => DockerHome): void => {
  const idOf = async (name: 'kafka1'): Promise<string> =>
    (await census(home().site)).ours.get(name)?.id ?? '';

  describe('what is run in a container', () => {
    it.each([
      { signal: 'interrupt', tty: true, code: 130 },
      { signal: 'interrupt', tty: false, code: 130 },
      { signal: 'terminate', tty: true, code: 143 },
      { signal: 'kill', tty: false, code: 137 },
    ] as const)('leaves no process of a run after $signal (tty: $tty)', async (example) => {
      const { signal, tty, code } = example;
      const output = capture(tty ? SCREEN : undefined);
      const options = { ...idle('kafka1'), interactive: true, tty };
      const process = home().lab().exec('kafka1', options, output.stdio);
      await until('it to run', async () =>
        (await commandsIn('kafka1')).includes('ConsoleConsumer'),
      );
      process.signal(signal);
      expect(await process.exited).toBe(code);
      expect(await commandsIn('kafka1')).not.toContain('nowhere');
    });

    it('kills a process that ignores Ctrl+C, and what that has started', async () => {
      const output = capture(SCREEN);
      const script = 'trap "" INT TERM; sleep 987654 & echo up; while :; do sleep 0.1; done';
      const engine = await home().site.engine();
      const session = await openSession(engine, {
        container: await idOf('kafka1'),
        command: ['bash', '-c', script],
        env: [],
        interactive: true,
        tty: true,
        stdio: output.stdio,
        cancelled: new AbortController().signal,
      });
      await until('its output', () => output.stdout().includes('up'));
      session.signal('interrupt');
      session.signal('terminate');
      session.signal('kill');
      expect(await session.exited).toBe(137);
      await until('all of it to end', async () => !(await commandsIn('kafka1')).includes('987654'));
    });

    it('tells a program how large its terminal is, and when that changes', async () => {
      const output = capture(SCREEN);
      const session = await openSession(await home().site.engine(), {
        container: await idOf('kafka1'),
        command: ['bash', '-c', 'while read -r line; do stty size; done'],
        env: [],
        interactive: true,
        tty: true,
        stdio: output.stdio,
        cancelled: new AbortController().signal,
      });
      const sizeIs = (size: string) =>
        until(`a screen of ${size}`, () => {
          session.write(Buffer.from('\r'));
          return output.stdout().includes(size);
        });
      await sizeIs('30 100');
      session.resize({ cols: 60, rows: 20 });
      await sizeIs('20 60');
      session.end();
      expect(await session.exited).toBe(0);
    });

    it('lets a run in a paused container be killed', async () => {
      const output = capture();
      const process = home().lab().exec('kafka3', idle('kafka3'), output.stdio);
      await until('it to run', async () =>
        (await commandsIn('kafka3')).includes('ConsoleConsumer'),
      );
      await pause('kafka3');
      process.signal('kill');
      const outcome = await process.exited.catch((error: unknown) => error);
      expect(outcome).toBeInstanceOf(OutcomeUnknown);
      expect(String(outcome)).toContain('docker unpause');
      await docker('unpause', 'kafka3');
      await until('it to end', async () => !(await commandsIn('kafka3')).includes('nowhere'));
    });
  });
};
