import { describe, expect, it } from 'vitest';
import { LabError } from '../../../server/errors.ts';
import type { Process, Stdio } from '../../../server/lab/lab.ts';
import { spawnProcess } from '../../../server/lab/spawn.ts';
import { pipe } from '../../../server/runs/pipe.ts';
import { capture, until } from '../../integration/capture.ts';

const shell =
  (script: string) =>
  (stdio: Stdio): Process =>
    spawnProcess('sh', ['-c', script], {
      env: process.env,
      interactive: true,
      tty: true,
      stdio,
    });

const basic = (pattern: string) => ({ extended: false, pattern });

describe('a command into grep', () => {
  it('prints the lines that match, its stderr as it is, and gives grep’s exit code', async () => {
    const output = capture();
    const script = 'printf "Isr: 1\\nTopic\\nIsr: 2"; echo trouble >&2; exit 3';
    expect(await pipe(shell(script), basic('Isr:'), output.stdio).exited).toBe(0);
    expect([output.stdout(), output.stderr()]).toEqual(['Isr: 1\nIsr: 2\n', 'trouble\n']);
  });

  it('gives 1 when nothing matches, though the command succeeded', async () => {
    const output = capture();
    expect(await pipe(shell('echo a'), basic('b'), output.stdio).exited).toBe(1);
    expect(output.stdout()).toBe('');
  });

  it('takes a basic pattern, or an extended one', async () => {
    const extended = capture();
    const source = shell('echo ERROR; echo "a|b"; echo WARN');
    const both = { extended: true, pattern: 'ERROR|WARN' };
    expect(await pipe(source, both, extended.stdio).exited).toBe(0);
    expect(extended.stdout()).toBe('ERROR\nWARN\n');
    const literal = capture();
    expect(await pipe(source, basic('a|b'), literal.stdio).exited).toBe(0);
    expect(literal.stdout()).toBe('a|b\n');
  });

  it('shows a line at once, and ends by an interrupt', async () => {
    const output = capture();
    const running = pipe(shell('echo first; sleep 1000'), basic('first'), output.stdio);
    await until('the line', () => output.stdout() === 'first\n');
    running.signal('interrupt');
    expect(await running.exited).toBe(130);
  });

  it('passes typing on to the command', async () => {
    const output = capture();
    const running = pipe(shell('cat'), basic('o'), output.stdio);
    running.write(Buffer.from('one\nbar\n'));
    running.end();
    expect(await running.exited).toBe(0);
    expect(output.stdout()).toBe('one\n');
  });

  it('is refused when the command is', async () => {
    const refused: Process = {
      ...shell('true')(capture().stdio),
      exited: Promise.reject(new LabError('cluster-down', '아직 없습니다')),
    };
    await expect(pipe(() => refused, basic('a'), capture().stdio).exited).rejects.toThrow(LabError);
  });
});
