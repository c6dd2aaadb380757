/**
 * What every lab must do, whichever it is. The tests are one story on one cluster, in this order:
 * starting it takes seconds, so each chapter leaves it as the next one wants it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../server/errors.ts';
import {
  type Broker,
  CONTAINERS,
  type Container,
  type ExecOptions,
  type Lab,
  type Process,
  type Verb,
} from '../../server/lab/lab.ts';
import { type Capture, capture, until } from './capture.ts';

export interface LabUnderTest {
  readonly lab: Lab;
  /** What a tool in that broker's container gives as `--bootstrap-server`. */
  bootstrap(broker: Broker): string;
  /** Leaves nothing behind, whatever happened. */
  dispose(): Promise<void>;
}

const SCREEN = { cols: 100, rows: 30 };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const describeLab = (name: string, makeLab: () => Promise<LabUnderTest>): void => {
  describe(`the ${name} lab`, () => {
    let under: LabUnderTest;
    let lab: Lab;

    beforeAll(async () => {
      under = await makeLab();
      lab = under.lab;
    });
    afterAll(async () => {
      await under.dispose();
    });

    const run = async (start: (output: Capture) => Process) => {
      const output = capture();
      const code = await start(output).exited;
      return { code, stdout: output.stdout(), stderr: output.stderr() };
    };
    const up = () => run(({ stdio }) => lab.up(stdio));
    const down = (volumes: boolean) => run(({ stdio }) => lab.down({ volumes }, stdio));
    const control = (verb: Verb, ...containers: Container[]) =>
      run(({ stdio }) => lab.control(verb, containers, stdio));
    const states = async () => (await lab.containers()).map(({ state }) => state);
    const statusOf = async (container: Container) =>
      (await lab.containers()).find((one) => one.name === container)?.status;

    type ToolOptions = Pick<ExecOptions, 'tool' | 'args'> &
      Partial<ExecOptions> & { readonly broker?: Broker };
    const exec = (
      { broker = 'kafka1', tool, args, interactive = false, tty = false }: ToolOptions,
      output: Capture,
    ): Process =>
      lab.exec(
        broker,
        {
          tool,
          args: ['--bootstrap-server', under.bootstrap(broker), ...args],
          interactive,
          tty,
        },
        output.stdio,
      );
    const tool = (options: ToolOptions) => run((output) => exec(options, output));
    const topics = (...args: string[]) => tool({ tool: 'kafka-topics', args });

    describe('before the first up', () => {
      it('has no containers', async () => {
        expect(await lab.containers()).toEqual(
          CONTAINERS.map((container) => ({ name: container, state: 'absent', status: '' })),
        );
      });

      it('lists none', async () => {
        const { code, stdout } = await run(({ stdio }) => lab.ps(stdio));
        expect(code).toBe(0);
        expect(stdout).not.toContain('kafka1');
      });

      it('refuses what needs one, and says why', async () => {
        const options = { tool: 'kafka-topics', args: ['--list'] } as const;
        const { stdio } = capture();
        const refused: Process[] = [
          exec(options, capture()),
          lab.logs('kafka1', { tail: undefined, follow: false }, stdio),
          lab.control('stop', ['kafka1'], stdio),
        ];
        for (const { exited } of refused) {
          const error: unknown = await exited.catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(LabError);
          expect(error).toMatchObject({ code: 'cluster-down' });
        }
      });

      it('has nothing to remove', async () => {
        expect(await down(false)).toMatchObject({ code: 0 });
      });
    });

    describe('interrupted while it starts', () => {
      it('stops what it had started', async () => {
        const output = capture();
        const process = lab.up(output.stdio);
        await until('a container of the lab', async () =>
          (await states()).some((state) => state === 'running'),
        );
        process.signal('interrupt');
        expect(await process.exited).toBe(130);
        expect(await states()).toEqual(CONTAINERS.map(() => 'absent'));
      });
    });

    describe('up', () => {
      it('starts the cluster once, even when asked twice at once', async () => {
        const [first, second] = await Promise.all([up(), up()]);
        expect([first.code, second.code], first.stderr + second.stderr).toEqual([0, 0]);
        expect(await states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('has ended when a topic can have three replicas', async () => {
        const made = await topics('--create', '--topic', 'orders', '--replication-factor', '3');
        expect(made).toMatchObject({ code: 0, stderr: '' });
      });

      it('leaves alone what runs', async () => {
        const output = await topics('--describe', '--topic', 'orders');
        expect(await up()).toMatchObject({ code: 0 });
        // A broker that had been restarted would not lead any more.
        expect(await topics('--describe', '--topic', 'orders')).toEqual(output);
      });

      it('is told in Docker’s words', async () => {
        const { stdout } = await run(({ stdio }) => lab.ps(stdio));
        for (const container of CONTAINERS) {
          expect(stdout).toMatch(new RegExp(`${container}\\b.*\\bUp `));
        }
        expect(await statusOf('kafka1')).toMatch(/^Up /);
      });
    });

    describe('exec', () => {
      it('gives exactly what the tool prints, and its exit code', async () => {
        expect(await topics('--list')).toEqual({ code: 0, stdout: 'orders\n', stderr: '' });
      });

      it('keeps stdout and stderr apart without a terminal', async () => {
        const { code, stdout, stderr } = await topics('--describe', '--topic', 'missing');
        expect(code).toBe(1);
        expect(stdout).toMatch(/^Error while executing topic command/);
        expect(stderr).toMatch(/ERROR/);
        expect(stderr).not.toContain('Error while executing');
      });

      it('gives it a terminal where there is a screen', async () => {
        const output = capture(SCREEN);
        const process = exec({ tool: 'kafka-topics', args: ['--list'], tty: true }, output);
        expect(await process.exited).toBe(0);
        expect(output.stdout()).toBe('orders\r\n');
      });

      it('lets it read an end of input at once unless it is interactive', async () => {
        const args = ['--topic', 'orders'];
        expect(await tool({ tool: 'kafka-console-producer', args })).toMatchObject({ code: 0 });
        const output = capture(SCREEN);
        const process = exec({ tool: 'kafka-console-producer', args, tty: true }, output);
        expect(await process.exited).toBe(0);
      });

      it('carries Korean to the tool and back, cut anywhere', async () => {
        const output = capture(SCREEN);
        const args = ['--topic', 'orders'];
        const options = { interactive: true, tty: true };
        const producer = exec({ tool: 'kafka-console-producer', args, ...options }, output);
        await until('its prompt', () => output.stdout().includes('>'));
        const line = encode('안녕하세요, 카프카!\r');
        producer.write(line.subarray(0, 4));
        producer.write(line.subarray(4));
        await until('its next prompt', () => output.stdout().split('>').length > 2);
        producer.end();
        expect(await producer.exited).toBe(0);

        const end = ['--from-beginning', '--max-messages', '1', '--timeout-ms', '20000'];
        const read = await tool({ tool: 'kafka-console-consumer', args: [...args, ...end] });
        expect(read).toMatchObject({ code: 0, stdout: '안녕하세요, 카프카!\n' });
      });

      it('passes typed input and its end through a pipe', async () => {
        const output = capture();
        const args = ['--topic', 'orders'];
        const producer = exec({ tool: 'kafka-console-producer', args, interactive: true }, output);
        // Before it is there to read: nothing is lost.
        producer.write(encode('둘째 줄\n'));
        producer.end();
        expect(await producer.exited).toBe(0);
        const end = ['--from-beginning', '--max-messages', '2', '--timeout-ms', '20000'];
        const read = await tool({ tool: 'kafka-console-consumer', args: [...args, ...end] });
        expect(read.stdout).toContain('둘째 줄\n');
      });

      it.each([
        { tty: true, how: 'Ctrl+C in a terminal' },
        { tty: false, how: 'an interrupt without one' },
      ])('ends a tool that runs on by $how', async ({ tty }) => {
        const output = capture(tty ? SCREEN : undefined);
        const args = ['--topic', 'orders', '--from-beginning'];
        const consumer = exec({ tool: 'kafka-console-consumer', args, tty }, output);
        await until('its output', () => output.stdout().includes('안녕하세요'));
        consumer.resize({ cols: 60, rows: 20 });
        consumer.signal('interrupt');
        expect(await consumer.exited).toBe(130);
      });

      it('ends it before it has begun', async () => {
        const output = capture();
        const args = ['--topic', 'orders'];
        const consumer = exec({ tool: 'kafka-console-consumer', args }, output);
        consumer.signal('interrupt');
        expect(await consumer.exited).toBe(130);
      });
    });

    describe('logs', () => {
      const logs = (tail: number | undefined) =>
        run(({ stdio }) => lab.logs('kafka1', { tail, follow: false }, stdio));

      it('gives all that the broker has printed', async () => {
        const { code, stdout } = await logs(undefined);
        expect(code).toBe(0);
        expect(stdout).toContain('started (kafka.server.KafkaServer)');
      });

      it('gives the last lines only', async () => {
        const { stdout } = await logs(3);
        expect(stdout.split('\n')).toHaveLength(4);
        expect((await logs(undefined)).stdout).toContain(stdout.split('\n')[0]);
      });

      it('follows until interrupted', async () => {
        const output = capture();
        const follower = lab.logs('kafka1', { tail: 0, follow: true }, output.stdio);
        await topics('--create', '--topic', 'followed', '--replication-factor', '3');
        await until('news of the topic', () =>
          (output.stdout() + output.stderr()).includes('followed'),
        );
        follower.signal('interrupt');
        expect(await follower.exited).toBe(130);
      });
    });

    describe('control', () => {
      it('pauses a broker and lets it go on', async () => {
        expect(await control('pause', 'kafka3')).toMatchObject({ code: 0, stdout: 'kafka3\n' });
        expect((await lab.containers())[3]).toMatchObject({ state: 'paused' });
        expect(await statusOf('kafka3')).toMatch(/^Up .*\(Paused\)$/);
        expect(await control('pause', 'kafka3')).toMatchObject({ code: 1, stdout: '' });
        expect(await control('unpause', 'kafka3')).toMatchObject({ code: 0, stdout: 'kafka3\n' });
        expect(await states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('stops a broker, and with it what runs in its container', async () => {
        const logs = capture();
        const follower = lab.logs('kafka2', { tail: 0, follow: true }, logs.stdio);
        const output = capture();
        const args = ['--topic', 'orders', '--from-beginning'];
        const consumer = exec({ broker: 'kafka2', tool: 'kafka-console-consumer', args }, output);
        await until('its output', () => output.stdout().includes('안녕하세요'));

        expect(await control('stop', 'kafka2')).toMatchObject({ code: 0, stdout: 'kafka2\n' });
        expect(await statusOf('kafka2')).toMatch(/^Exited \(143\) .+ ago$/);
        expect(await consumer.exited).toBe(137);
        expect(await follower.exited).toBe(0);
        expect(logs.stdout()).toContain('shut down completed (kafka.server.KafkaServer)');
      });

      it('refuses a tool in a broker that is stopped', async () => {
        const options = { broker: 'kafka2', tool: 'kafka-topics', args: ['--list'] } as const;
        await expect(exec(options, capture()).exited).rejects.toMatchObject({
          name: 'LabError',
          code: 'cluster-down',
        });
      });

      it('stops again what is stopped, as Docker does, but does not kill it', async () => {
        expect(await control('stop', 'kafka2')).toMatchObject({ code: 0, stdout: 'kafka2\n' });
        expect(await control('kill', 'kafka2')).toMatchObject({ code: 1, stdout: '' });
      });

      it('starts it on the same data', async () => {
        expect(await control('start', 'kafka2')).toMatchObject({ code: 0, stdout: 'kafka2\n' });
        await until('kafka2 to answer', async () =>
          (
            await tool({ broker: 'kafka2', tool: 'kafka-topics', args: ['--list'] })
          ).stdout.includes('orders'),
        );
        const logs = await run(({ stdio }) =>
          lab.logs('kafka2', { tail: undefined, follow: false }, stdio),
        );
        expect(logs.stdout.match(/started \(kafka\.server\.KafkaServer\)/g)).toHaveLength(2);
      });

      it('restarts several, each in turn', async () => {
        const restarted = await control('restart', 'kafka3', 'kafka2');
        expect(restarted).toMatchObject({ code: 0, stdout: 'kafka3\nkafka2\n' });
        expect(await states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('brings back a broker right after it was killed', async () => {
        expect(await control('kill', 'kafka1')).toMatchObject({ code: 0, stdout: 'kafka1\n' });
        expect(await statusOf('kafka1')).toMatch(/^Exited \(137\) .+ ago$/);
        expect(await control('start', 'kafka1')).toMatchObject({ code: 0, stdout: 'kafka1\n' });
        await until('kafka1 to answer', async () => (await topics('--list')).code === 0);
        expect(await statusOf('kafka1')).toMatch(/^Up /);
      });
    });

    describe('down', () => {
      it('removes the containers and keeps their data', async () => {
        expect(await down(false)).toMatchObject({ code: 0 });
        expect(await states()).toEqual(CONTAINERS.map(() => 'absent'));
        expect(await up()).toMatchObject({ code: 0 });
        expect((await topics('--list')).stdout).toContain('orders\n');
      });

      it('begins new logs', async () => {
        const logs = await run(({ stdio }) =>
          lab.logs('kafka1', { tail: undefined, follow: false }, stdio),
        );
        expect(logs.stdout.match(/started \(kafka\.server\.KafkaServer\)/g)).toHaveLength(1);
      });

      it('removes their data too, where that is asked for', async () => {
        expect(await down(true)).toMatchObject({ code: 0 });
        expect(await up()).toMatchObject({ code: 0 });
        expect(await topics('--list')).toMatchObject({ code: 0, stdout: '\n' });
      });
    });
  });
};
