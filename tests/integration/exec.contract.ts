/** What every lab must do with a tool. The cluster runs, and has a topic `orders` without messages. */
import { beforeAll, describe, expect, it } from 'vitest';
import { capture, until } from './capture.ts';
import type { Driver } from './driver.ts';

const SCREEN = { cols: 100, rows: 30 };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Leaves a message `안녕하세요, 카프카!` in `orders`. */
export const describeExec = (driver: () => Driver): void => {
  describe('exec', () => {
    let drive: Driver;
    beforeAll(() => {
      drive = driver();
    });

    it('gives exactly what the tool prints, and its exit code', async () => {
      expect(await drive.topics('--list')).toEqual({ code: 0, stdout: 'orders\n', stderr: '' });
    });

    it('keeps stdout and stderr apart without a terminal', async () => {
      const { code, stdout, stderr } = await drive.topics('--describe', '--topic', 'missing');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^Error while executing topic command/);
      expect(stderr).toMatch(/ERROR/);
      expect(stderr).not.toContain('Error while executing');
    });

    it('gives it a terminal where there is a screen', async () => {
      const output = capture(SCREEN);
      const process = drive.exec({ tool: 'kafka-topics', args: ['--list'], tty: true }, output);
      expect(await process.exited).toBe(0);
      expect(output.stdout()).toBe('orders\r\n');
    });

    it('lets it read an end of input at once unless it is interactive', async () => {
      const args = ['--topic', 'orders'];
      expect(await drive.tool({ tool: 'kafka-console-producer', args })).toMatchObject({ code: 0 });
      const output = capture(SCREEN);
      const process = drive.exec({ tool: 'kafka-console-producer', args, tty: true }, output);
      expect(await process.exited).toBe(0);
    });

    it('carries Korean to the tool and back, cut anywhere', async () => {
      const output = capture(SCREEN);
      const args = ['--topic', 'orders'];
      const options = { interactive: true, tty: true };
      const producer = drive.exec({ tool: 'kafka-console-producer', args, ...options }, output);
      await until('its prompt', () => output.stdout().includes('>'));
      const line = encode('안녕하세요, 카프카!\r');
      producer.write(line.subarray(0, 4));
      producer.write(line.subarray(4));
      await until('its next prompt', () => output.stdout().split('>').length > 2);
      producer.end();
      expect(await producer.exited).toBe(0);

      const end = ['--from-beginning', '--max-messages', '1', '--timeout-ms', '20000'];
      const read = await drive.tool({ tool: 'kafka-console-consumer', args: [...args, ...end] });
      expect(read).toMatchObject({ code: 0, stdout: '안녕하세요, 카프카!\n' });
    });

    it('passes typed input and its end through a pipe', async () => {
      const output = capture();
      const args = ['--topic', 'orders'];
      const producer = drive.exec(
        { tool: 'kafka-console-producer', args, interactive: true },
        output,
      );
      // Before it is there to read: nothing is lost.
      producer.write(encode('둘째 줄\n'));
      producer.end();
      expect(await producer.exited).toBe(0);
      const end = ['--from-beginning', '--max-messages', '2', '--timeout-ms', '20000'];
      const read = await drive.tool({ tool: 'kafka-console-consumer', args: [...args, ...end] });
      expect(read.stdout).toContain('둘째 줄\n');
    });

    it.each([
      { tty: true, how: 'Ctrl+C in a terminal' },
      { tty: false, how: 'an interrupt without one' },
    ])('ends a tool that runs on by $how', async ({ tty }) => {
      const output = capture(tty ? SCREEN : undefined);
      const args = ['--topic', 'orders', '--from-beginning'];
      const consumer = drive.exec({ tool: 'kafka-console-consumer', args, tty }, output);
      await until('its output', () => output.stdout().includes('안녕하세요'));
      consumer.resize({ cols: 60, rows: 20 });
      consumer.signal('interrupt');
      expect(await consumer.exited).toBe(130);
    });

    it('ends it before it has begun', async () => {
      const output = capture();
      const args = ['--topic', 'orders'];
      const consumer = drive.exec({ tool: 'kafka-console-consumer', args }, output);
      consumer.signal('interrupt');
      expect(await consumer.exited).toBe(130);
    });
  });
};
