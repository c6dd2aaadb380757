/**
 * What every lab must do, whichever it is. The tests are one story on one cluster, in this order:
 * starting it takes seconds, so each chapter leaves it as the next one wants it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../server/errors.ts';
import { CONTAINERS, type Lab, type Process } from '../../server/lab/lab.ts';
import { capture, until } from './capture.ts';
import { type Driver, type LabUnderTest, makeDriver } from './driver.ts';
import { describeExec } from './exec.contract.ts';

export const describeLab = (name: string, makeLab: () => Promise<LabUnderTest>): void => {
  describe(`the ${name} lab`, () => {
    let under: LabUnderTest;
    let lab: Lab;
    let drive: Driver;

    beforeAll(async () => {
      under = await makeLab();
      lab = under.lab;
      drive = makeDriver(under);
    });
    afterAll(() => under.dispose());

    describe('before the first up', () => {
      it('has no containers', async () => {
        expect(await lab.containers()).toEqual(
          CONTAINERS.map((container) => ({ name: container, state: 'absent', status: '' })),
        );
      });

      it('lists none', async () => {
        const { code, stdout } = await drive.run(({ stdio }) => lab.ps(stdio));
        expect(code).toBe(0);
        expect(stdout).not.toContain('kafka1');
      });

      it('refuses what needs one, and says why', async () => {
        const options = { tool: 'kafka-topics', args: ['--list'] } as const;
        const { stdio } = capture();
        const refused: Process[] = [
          drive.exec(options, capture()),
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
        expect(await drive.down(false)).toMatchObject({ code: 0 });
      });
    });

    describe('interrupted while it starts', () => {
      it('stops what it had started', async () => {
        const output = capture();
        const process = lab.up(output.stdio);
        await until('a container of the lab', async () =>
          (await drive.states()).some((state) => state === 'running'),
        );
        process.signal('interrupt');
        expect(await process.exited).toBe(130);
        expect(await drive.states()).toEqual(CONTAINERS.map(() => 'absent'));
      });
    });

    describe('up', () => {
      it('starts the cluster once, even when asked twice at once', async () => {
        const [first, second] = await Promise.all([drive.up(), drive.up()]);
        expect([first.code, second.code], first.stderr + second.stderr).toEqual([0, 0]);
        expect(await drive.states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('has ended when a topic can have three replicas', async () => {
        const made = await drive.topics(
          '--create',
          '--topic',
          'orders',
          '--replication-factor',
          '3',
        );
        expect(made).toMatchObject({ code: 0, stderr: '' });
      });

      it('leaves alone what runs', async () => {
        const output = await drive.topics('--describe', '--topic', 'orders');
        expect(await drive.up()).toMatchObject({ code: 0 });
        // A broker that had been restarted would not lead any more.
        expect(await drive.topics('--describe', '--topic', 'orders')).toEqual(output);
      });

      it('is told in Docker’s words', async () => {
        const { stdout } = await drive.run(({ stdio }) => lab.ps(stdio));
        for (const container of CONTAINERS) {
          expect(stdout).toMatch(new RegExp(`${container}\\b.*\\bUp `));
        }
        expect(await drive.statusOf('kafka1')).toMatch(/^Up /);
      });
    });

    describeExec(() => drive);

    describe('logs', () => {
      it('gives all that the broker has printed', async () => {
        const { code, stdout } = await drive.logs('kafka1');
        expect(code).toBe(0);
        expect(stdout).toContain('started (kafka.server.KafkaServer)');
      });

      it('gives the last lines only', async () => {
        const { stdout } = await drive.logs('kafka1', 3);
        expect(stdout.split('\n')).toHaveLength(4);
        expect((await drive.logs('kafka1')).stdout).toContain(stdout.split('\n')[0]);
      });

      it('follows until interrupted', async () => {
        const output = capture();
        const follower = lab.logs('kafka1', { tail: 0, follow: true }, output.stdio);
        await drive.topics('--create', '--topic', 'followed', '--replication-factor', '3');
        await until('news of the topic', () =>
          (output.stdout() + output.stderr()).includes('followed'),
        );
        follower.signal('interrupt');
        expect(await follower.exited).toBe(130);
      });
    });

    describe('control', () => {
      it('pauses a broker and lets it go on', async () => {
        expect(await drive.control('pause', 'kafka3')).toMatchObject({
          code: 0,
          stdout: 'kafka3\n',
        });
        expect((await lab.containers())[3]).toMatchObject({ state: 'paused' });
        expect(await drive.statusOf('kafka3')).toMatch(/^Up .*\(Paused\)$/);
        expect(await drive.control('pause', 'kafka3')).toMatchObject({ code: 1, stdout: '' });
        expect(await drive.control('unpause', 'kafka3')).toMatchObject({
          code: 0,
          stdout: 'kafka3\n',
        });
        expect(await drive.states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('stops a broker, and with it what runs in its container', async () => {
        const logs = capture();
        const follower = lab.logs('kafka2', { tail: 0, follow: true }, logs.stdio);
        const output = capture();
        const args = ['--topic', 'orders', '--from-beginning'];
        const consumer = drive.exec(
          { broker: 'kafka2', tool: 'kafka-console-consumer', args },
          output,
        );
        await until('its output', () => output.stdout().includes('안녕하세요'));

        expect(await drive.control('stop', 'kafka2')).toMatchObject({
          code: 0,
          stdout: 'kafka2\n',
        });
        expect(await drive.statusOf('kafka2')).toMatch(/^Exited \(143\) .+ ago$/);
        expect(await consumer.exited).toBe(137);
        expect(output.stderr()).toMatch(/kafka2가 실행 도중에 멈춰.*docker start kafka2/);
        expect(await follower.exited).toBe(0);
        expect(logs.stdout()).toContain('shut down completed (kafka.server.KafkaServer)');
      });

      it('refuses a tool in a broker that is stopped', async () => {
        const options = { broker: 'kafka2', tool: 'kafka-topics', args: ['--list'] } as const;
        await expect(drive.exec(options, capture()).exited).rejects.toMatchObject({
          name: 'LabError',
          code: 'cluster-down',
        });
      });

      it('stops again what is stopped, as Docker does, but does not kill it', async () => {
        expect(await drive.control('stop', 'kafka2')).toMatchObject({
          code: 0,
          stdout: 'kafka2\n',
        });
        expect(await drive.control('kill', 'kafka2')).toMatchObject({ code: 1, stdout: '' });
      });

      it('starts it on the same data', async () => {
        expect(await drive.control('start', 'kafka2')).toMatchObject({
          code: 0,
          stdout: 'kafka2\n',
        });
        await until('kafka2 to answer', async () =>
          (
            await drive.tool({ broker: 'kafka2', tool: 'kafka-topics', args: ['--list'] })
          ).stdout.includes('orders'),
        );
        const logs = await drive.logs('kafka2');
        expect(logs.stdout.match(/started \(kafka\.server\.KafkaServer\)/g)).toHaveLength(2);
      });

      it('restarts several, each in turn', async () => {
        const restarted = await drive.control('restart', 'kafka3', 'kafka2');
        expect(restarted).toMatchObject({ code: 0, stdout: 'kafka3\nkafka2\n' });
        expect(await drive.states()).toEqual(CONTAINERS.map(() => 'running'));
      });

      it('brings back a broker right after it was killed', async () => {
        expect(await drive.control('kill', 'kafka1')).toMatchObject({
          code: 0,
          stdout: 'kafka1\n',
        });
        expect(await drive.statusOf('kafka1')).toMatch(/^Exited \(137\) .+ ago$/);
        expect(await drive.control('start', 'kafka1')).toMatchObject({
          code: 0,
          stdout: 'kafka1\n',
        });
        await until('kafka1 to answer', async () => (await drive.topics('--list')).code === 0);
        expect(await drive.statusOf('kafka1')).toMatch(/^Up /);
      });
    });

    describe('down', () => {
      it('says what is left when it is interrupted', async () => {
        const output = capture();
        const process = lab.down({ volumes: true }, output.stdio);
        await until('a container to end', async () =>
          (await drive.states()).some((state) => state !== 'running'),
        );
        process.signal('interrupt');
        expect(await process.exited).toBe(130);
        expect(output.stderr()).toMatch(/남은 컨테이너: .*zookeeper.*데이터는 그대로입니다/);
        const { code, stderr } = await drive.up();
        expect(code, stderr).toBe(0);
        expect((await drive.topics('--list')).stdout).toContain('orders\n');
      });

      it('removes the containers and keeps their data', async () => {
        expect(await drive.down(false)).toMatchObject({ code: 0 });
        expect(await drive.states()).toEqual(CONTAINERS.map(() => 'absent'));
        expect(await drive.up()).toMatchObject({ code: 0 });
        expect((await drive.topics('--list')).stdout).toContain('orders\n');
      });

      it('begins new logs', async () => {
        const logs = await drive.logs('kafka1');
        expect(logs.stdout.match(/started \(kafka\.server\.KafkaServer\)/g)).toHaveLength(1);
      });

      it('removes their data too, where that is asked for', async () => {
        expect(await drive.down(true)).toMatchObject({ code: 0 });
        expect(await drive.up()).toMatchObject({ code: 0 });
        expect(await drive.topics('--list')).toMatchObject({ code: 0, stdout: '\n' });
      });
    });
  });
};
