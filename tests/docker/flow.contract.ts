/** Flow control of a lab on Docker. The cluster runs. */
import { describe, expect, it } from 'vitest';
import { floodOf, makeStutter, steady } from '../flood.ts';
import { capture } from '../integration/capture.ts';
import { waitFor } from '../wait.ts';
import { type DockerHome, docker } from './docker-home.ts';
import { commandsIn } from './tools.ts';

export const describeFlow = (home: () => DockerHome): void => {
  describe('flow control of a lab', () => {
    it('holds back what a tool prints that was paused before it ran', async () => {
      const output = capture();
      const args = ['--bootstrap-server', 'kafka1:29092', '--version'];
      const options = { tool: 'kafka-topics', args, interactive: false, tty: false } as const;
      const process = home().lab().exec('kafka1', options, output.stdio);
      process.pause();
      await waitFor('it to run', async () => (await commandsIn('kafka1')).includes('TopicCommand'));
      await waitFor(
        'it to end',
        async () => !(await commandsIn('kafka1')).includes('TopicCommand'),
      );
      await steady('what has come', () => output.stdout().length);
      expect(output.stdout()).toBe('');
      process.resume();
      expect(await process.exited).toBe(0);
      expect(output.stdout()).toMatch(/^\d+\./);
    });

    it.each([{ follow: true }, { follow: false }])(
      'reads a log no further than its reader (follow: $follow)',
      async ({ follow }) => {
        const lab = home().lab();
        // What the container's own process would print; a line a write, which the broker cannot split.
        await docker(
          'exec',
          'kafka3',
          'bash',
          '-c',
          `stdbuf -oL seq -f %99.0f 0 49999 > /proc/1/fd/1`,
        );
        let text = '';
        const stutter = makeStutter(1, () => process);
        const process = lab.logs(
          'kafka3',
          { tail: 50_100, follow },
          {
            stdout: (bytes) => {
              text += Buffer.from(bytes).toString('latin1');
              stutter.onChunk(bytes.length);
            },
            stderr: () => {},
            size: undefined,
          },
        );
        const last = floodOf(50_000).slice(-100);
        await waitFor('its last line', () => text.includes(last), 30_000);
        if (follow) process.signal('interrupt');
        expect(await process.exited).toBe(follow ? 130 : 0);
        // The broker may say something in between.
        const lines = text.split('\n').filter((line) => /^ +\d+$/.test(line));
        expect(lines.slice(-50_000).join('\n')).toBe(floodOf(50_000).trimEnd());
        expect(stutter.pauses()).toBeGreaterThan(10);
        expect(stutter.excess()).toBeLessThanOrEqual(64 * 1024);
      },
    );
  });
};
